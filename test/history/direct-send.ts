import type { GitHubResponse } from "../../src/github/client/client.ts";
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

export interface Ways {
  readonly double: Pick<GithubDouble, "respond">;
  readonly life: Life;
  readonly interruptions: Interruptions;
}

export interface Sent extends GitHubResponse {
  readonly status: number;
}

export type Send = (request: HttpRequest) => Promise<Sent>;

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

/** Asks the double in this process. What hangs is given up at once. */
export function sender({ double, life, interruptions: { before, after } }: Ways): Send {
  const cut: Promise<never> = life.ended.then(() => Promise.reject(new TypeError("the process has ended")));
  cut.catch(() => {});
  const send: Send = async (request) => {
    const { path } = request;
    const body: unknown = request.body === undefined ? undefined : JSON.parse(JSON.stringify(request.body));
    await before({ path, body });
    if (life.isOver) return cut;
    const answer = await followed(double, { ...request, body });
    await after({ path, body });
    return sentBy(answer);
  };
  return (request) => (life.isOver ? cut : Promise.race([send(request), cut]));
}

async function followed(double: Ways["double"], request: HttpRequest): Promise<Answer> {
  const answer = await double.respond(request);
  const isMoved = typeof answer === "object" && (answer.status === 301 || answer.status === 307);
  if (!isMoved || !answer.headers.location) return answer;
  const { pathname: path, searchParams: query } = new URL(answer.headers.location);
  return followed(double, { ...request, path, query });
}

/** @throws {Unanswered} */
function sentBy(answer: Answer): Sent {
  if (answer === "hang") throw new Unanswered(500, "The operation was aborted due to timeout");
  if (answer === "drop") throw new Unanswered(500, "fetch failed");
  const { status, headers, body } = answer;
  if (status === 304 || status >= 400) throw new Unanswered(status, messageIn(body), answer);
  return { status, headers, data: status === 204 ? "" : readAsOctokit(body) };
}

/** More digits than a number surely holds. */
const LARGE = /\d{16}/;

/** As Octokit reads a body: whole numbers that are too large for a number become a bigint. */
function readAsOctokit(body: string): unknown {
  if (!LARGE.test(body)) return JSON.parse(body);
  const reviver = (_: string, value: unknown, { source = "" }: { readonly source?: string }): unknown => {
    const isInexact = typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(source);
    return isInexact ? BigInt(source) : value;
  };
  // The type of JSON.parse leaves out what it tells of the source.
  return Reflect.apply(JSON.parse, JSON, [body, reviver]);
}

function messageIn(body: string): string {
  try {
    const told: unknown = JSON.parse(body);
    return typeof told === "object" && told !== null && "message" in told ? String(told.message) : body;
  } catch {
    return body;
  }
}
