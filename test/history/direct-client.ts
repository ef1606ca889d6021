import { sign } from "node:crypto";
import { metered, type Traffic } from "../../src/app/github/octokit.ts";
import type { GitHubClient } from "../../src/github/client/client.ts";
import type { HttpRequest } from "../github-double/http.ts";
import { type Send, type Sent, sender, type Ways } from "./direct-send.ts";

interface AppKey {
  readonly id: number;
  readonly privateKey: string;
}

interface DirectWays extends Ways {
  readonly app: AppKey;
  readonly traffic: Omit<Traffic, "log">;
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

interface Credential {
  /** For the header. */
  readonly current: () => Promise<string>;
  readonly renew: () => Promise<void>;
}

/** A request as the meter sees it, and as it is sent. */
type Ask = (options: Options, request: Omit<HttpRequest, "headers">) => Promise<Sent>;

interface Options {
  readonly method: string;
  readonly url: string;
  readonly headers: unknown;
}

/**
 * The app's clients, which ask the double in this process, through what meters and remembers Octokit's requests but
 * without Octokit itself, which takes longer than to answer them.
 */
export function directClients(ways: DirectWays) {
  const send = sender(ways);
  const meter = metered<Sent>(ways.traffic);
  const jwt = `bearer ${jwtOf(ways.app)}`;
  const clientBy = ({ current, renew }: Credential) =>
    clientOver(({ headers, ...options }, request) => {
      const own = { accept: "application/vnd.github.v3+json", ...texts(headers) };
      const signed = async () => ({ ...own, authorization: await current() });
      return meter({
        options: { ...options, headers: own },
        send: async () => send({ ...request, headers: await signed() }),
        renew,
      });
    });
  return {
    app: clientBy({ current: async () => jwt, renew: async () => {} }),
    ofInstallation: (id: number) => clientBy(tokenOf(id, { send, jwt })),
  };
}

function clientOver(ask: Ask): GitHubClient {
  return {
    request: (route, { headers, ...parameters } = {}) => {
      const [method = "GET", url = ""] = route.split(" ");
      const { path, rest } = filled(url, parameters);
      const isRead = method === "GET";
      const query = new URLSearchParams(isRead ? texts(rest) : {});
      const request = { method, path: `/api/v3${path}`, query, body: isRead ? undefined : rest };
      return ask({ ...parameters, method, url, headers }, request);
    },
    graphql: async (query, { headers, ...variables } = {}) => {
      const [method, path] = ["POST", "/api/graphql"];
      const body = { query, variables };
      const request = { method, path, body, query: new URLSearchParams() };
      const answer = await ask({ ...body, method, url: path, headers }, request);
      const { data, errors } = graphqlBody(answer.data);
      if (errors.length > 0) throw new GraphqlErrors(answer.headers, data, errors);
      return data;
    },
  };
}

/** An installation's token, made when it is first needed. */
function tokenOf(id: number, { send, jwt }: { readonly send: Send; readonly jwt: string }): Credential {
  let token: Promise<string> | null = null;
  const make = async () => {
    const path = `/api/v3/app/installations/${id}/access_tokens`;
    const headers = { authorization: jwt };
    const { data } = await send({ method: "POST", path, headers, body: {}, query: new URLSearchParams() });
    return `token ${tokenIn(data)}`;
  };
  const renew = async () => {
    token = null;
  };
  const current = async () => {
    token ??= make();
    try {
      return await token;
    } catch (error) {
      await renew();
      throw error;
    }
  };
  return { current, renew };
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

function tokenIn(data: unknown): string {
  if (typeof data === "object" && data !== null && "token" in data) return String(data.token);
  throw new Error("GitHub gave no token");
}

/** By the machine's own time, by which the double looks at it. */
function jwtOf({ id, privateKey }: AppKey): string {
  const now = Math.floor(Date.now() / 1000);
  const parts = [
    { alg: "RS256", typ: "JWT" },
    { iat: now - 30, exp: now + 500, iss: id },
  ];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${text}.${sign("sha256", Buffer.from(text), privateKey).toString("base64url")}`;
}
