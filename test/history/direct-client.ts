import { sign } from "node:crypto";
import { metered, type Traffic } from "../../src/app/github/octokit.ts";
import type { GitHubClient, GitHubResponse } from "../../src/github/client/client.ts";
import type { GithubDouble } from "../github-double/double.ts";
import type { Answer, HttpRequest, HttpResponse } from "../github-double/http.ts";
import type { Life } from "./life.ts";

/** What is known of a request before it is made. */
export type Asked = Pick<HttpRequest, "path" | "body">;

/** What may come between a request and its answer. */
export interface Interruptions {
  /** Awaited before the request reaches GitHub. */
  readonly before: (request: Asked) => Promise<void>;
  /** Awaited before its answer, which is as old as the request, reaches the app. */
  readonly after: (request: Asked) => Promise<void>;
}

interface Ways {
  readonly double: Pick<GithubDouble, "respond">;
  readonly life: Life;
  readonly interruptions: Interruptions;
  readonly app: { readonly id: number; readonly privateKey: string };
  readonly traffic: Omit<Traffic, "log">;
}

/** An answer that is none, with what Octokit's errors bear. */
class Unanswered extends Error {
  readonly status: number;
  readonly response: HttpResponse | undefined;

  constructor(status: number, message: string, response?: HttpResponse) {
    super(message);
    this.status = status;
    this.response = response;
  }
}

/** An answer by GraphQL in part or not at all, as Octokit throws it. */
class GraphqlErrors extends Error {
  readonly headers: object;
  readonly data: unknown;
  readonly errors: readonly unknown[];

  constructor(headers: object, data: unknown, errors: readonly unknown[]) {
    super("GraphQL answered with errors");
    this.headers = headers;
    this.data = data;
    this.errors = errors;
  }
}

type Send = (request: HttpRequest) => Promise<Sent>;

interface Options {
  readonly method: string;
  readonly url: string;
  readonly headers: unknown;
}

interface Sent extends GitHubResponse {
  readonly status: number;
}

/**
 * The app's clients, which ask the double in this process, through what meters and remembers Octokit's requests but
 * without Octokit, which takes longer than all the rest. What hangs is given up at once.
 */
export function directClients(ways: Ways) {
  const send = sender(ways);
  const ask = metered<Sent>(ways.traffic);
  const jwt = jwtOf(ways.app);
  const asApp = () => Promise.resolve(`bearer ${jwt}`);
  const clientBy = (tokenOf: () => Promise<string>, renew: () => Promise<void>): GitHubClient => {
    const asked = ({ headers, ...options }: Options, request: Omit<HttpRequest, "headers">) => {
      const own = { accept: "application/vnd.github.v3+json", ...texts(headers) };
      const signed = async () => ({ ...own, authorization: await tokenOf() });
      return ask({
        options: { ...options, headers: own },
        renew,
        send: async () => send({ ...request, headers: await signed() }),
      });
    };
    return {
      request: (route, { headers, ...parameters } = {}) => {
        const [method = "GET", url = ""] = route.split(" ");
        const { path, rest } = filled(url, parameters);
        const isRead = method === "GET";
        const query = new URLSearchParams(isRead ? texts(rest) : {});
        const request = { method, path: `/api/v3${path}`, query, body: isRead ? undefined : rest };
        return asked({ ...parameters, method, url, headers }, request);
      },
      graphql: async (query, { headers, ...variables } = {}) => {
        const [method, path] = ["POST", "/api/graphql"];
        const body = { query, variables };
        const request = { method, path, body, query: new URLSearchParams() };
        const answer = await asked({ ...body, method, url: path, headers }, request);
        const { data, errors } = graphqlBody(answer.data);
        if (errors.length > 0) throw new GraphqlErrors(answer.headers, data, errors);
        return data;
      },
    };
  };
  return {
    app: clientBy(asApp, async () => {}),
    ofInstallation: (id: number): GitHubClient => {
      let token: Promise<string> | null = null;
      const make = async () => {
        const path = `/api/v3/app/installations/${id}/access_tokens`;
        const headers = { authorization: await asApp() };
        const { data } = await send({
          method: "POST",
          path,
          headers,
          body: {},
          query: new URLSearchParams(),
        });
        return `token ${tokenIn(data)}`;
      };
      const known = () => {
        token ??= make().catch((error: unknown) => {
          token = null;
          throw error;
        });
        return token;
      };
      return clientBy(known, async () => {
        token = null;
      });
    },
  };
}

function sender({ double, life, interruptions: { before, after } }: Ways): Send {
  const cut: Promise<never> = life.ended.then(() => Promise.reject(new TypeError("the process has ended")));
  cut.catch(() => {});
  const followed = async (request: HttpRequest): Promise<Answer> => {
    const answer = await double.respond(request);
    const isMoved = typeof answer === "object" && (answer.status === 301 || answer.status === 307);
    if (!isMoved || !answer.headers.location) return answer;
    const { pathname: path, searchParams: query } = new URL(answer.headers.location);
    return followed({ ...request, path, query });
  };
  const send: Send = async (request) => {
    const { path } = request;
    const body: unknown = request.body === undefined ? undefined : JSON.parse(JSON.stringify(request.body));
    await before({ path, body });
    if (life.isOver) return cut;
    const answer = await followed({ ...request, body });
    await after({ path, body });
    if (typeof answer === "string")
      throw new Unanswered(500, answer === "hang" ? "aborted due to timeout" : "fetch failed");
    const { status, headers } = answer;
    if (status === 304 || status >= 400) throw new Unanswered(status, messageIn(answer), answer);
    return { status, headers, data: status === 204 ? "" : JSON.parse(answer.body) };
  };
  return (request) => (life.isOver ? cut : Promise.race([send(request), cut]));
}

/** A path with its values in place of their names, and the values that it does not name. */
function filled(template: string, values: Readonly<Record<string, unknown>>) {
  const named = new Set<string>();
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    named.add(name);
    return encodeURIComponent(String(values[name]));
  });
  const rest = Object.entries(values).filter(([name, value]) => !named.has(name) && value !== undefined);
  return { path, rest: Object.fromEntries(rest) };
}

function texts(given: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(given ?? {}).map(([name, value]) => [name, String(value)]));
}

function graphqlBody(given: unknown): { readonly data: unknown; readonly errors: readonly unknown[] } {
  if (typeof given !== "object" || given === null) return { data: null, errors: [] };
  const errors = "errors" in given && Array.isArray(given.errors) ? given.errors : [];
  return { data: "data" in given ? given.data : null, errors };
}

function messageIn({ body }: HttpResponse): string {
  try {
    const told: unknown = JSON.parse(body);
    return typeof told === "object" && told !== null && "message" in told ? String(told.message) : body;
  } catch {
    return body;
  }
}

function tokenIn(data: unknown): string {
  if (typeof data === "object" && data !== null && "token" in data) return String(data.token);
  throw new Error("GitHub gave no token");
}

/** By the machine's own time, by which the double looks at it. */
function jwtOf({ id, privateKey }: Ways["app"]): string {
  const now = Math.floor(Date.now() / 1000);
  const parts = [
    { alg: "RS256", typ: "JWT" },
    { iat: now - 30, exp: now + 500, iss: id },
  ];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${text}.${sign("sha256", Buffer.from(text), privateKey).toString("base64url")}`;
}
