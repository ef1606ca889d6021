import type { Problem } from "../../policy/problem.ts";
import { redact } from "./redact.ts";

/** GitHub could not answer. Nothing is known; try again after `retryAfterMs` milliseconds. */
export class GitHubUnavailable extends Error {
  override readonly name = "GitHubUnavailable";
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super(redact(message));
    this.retryAfterMs = retryAfterMs;
  }
}

/** GitHub's answers do not go together, and may not for long: it does answer, so this is no outage. */
export class Contradiction extends GitHubUnavailable {}

/** GitHub took neither the token nor a new one; asking in another way would use the same. */
export class TokenRefused extends GitHubUnavailable {}

/**
 * GitHub answered, and a person must act on the answer. `retryAfterMs` is set if the problem may also go away, as with
 * a partial answer.
 */
export class GitHubProblem extends Error {
  override readonly name = "GitHubProblem";
  readonly problem: Problem;
  readonly retryAfterMs: number | null;

  constructor(problem: Omit<Problem, "severity">, retryAfterMs: number | null = null) {
    super(redact(problem.message));
    this.problem = { ...problem, severity: "error", message: redact(problem.message) };
    this.retryAfterMs = retryAfterMs;
  }
}

/** The requested thing does not exist, or not for this App. */
export class NotFound extends Error {
  override readonly name = "NotFound";
}

/** Two answers about one pull request contradict each other, because something changed in between. Read again. */
export class Inconsistent extends Error {
  override readonly name = "Inconsistent";
  /** Whether they name different heads, so that one of them is about another commit. */
  readonly ofHead: boolean;

  constructor(about: string, { ofHead = false }: { readonly ofHead?: boolean } = {}) {
    super(about);
    this.ofHead = ofHead;
  }
}

/** The problem's code for an answer in a shape that is not documented: what GitHub did is not known. */
export const UNEXPECTED = "evidence/unexpected";

/** Whether GitHub itself said that it did not do what it was asked for. */
export function isRefusal(error: unknown): boolean {
  return error instanceof NotFound || (error instanceof GitHubProblem && error.problem.code !== UNEXPECTED);
}

const SECOND = 1000;
const HOUR = 3_600_000;
const WAIT = { unreachable: 10 * SECOND, secondary: 60 * SECOND, unauthorized: 300 * SECOND } as const;

interface HttpFailure {
  /** `UNREACHED` where nothing answered. */
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The error that a failed call means. `need` is the App permission of the call, as GitHub names it ("Checks: write"). An
 * error that comes from neither GitHub nor the network is a bug of ours and returned unchanged.
 */
export function mapped(error: unknown, need: string): unknown {
  if (error instanceof GitHubUnavailable || error instanceof GitHubProblem || error instanceof NotFound)
    return error;
  const failure = httpFailure(error);
  return failure === null ? error : meaning(failure, need);
}

function meaning(failure: HttpFailure, need: string): Error {
  const { status, message } = failure;
  if (isRateLimit(failure))
    return new GitHubUnavailable(
      `GitHub's rate limit is reached: ${message}`,
      retryAfter(failure, WAIT.secondary),
    );
  if (status === 401)
    return new TokenRefused(`GitHub rejected the App's token: ${message}`, WAIT.unauthorized);
  if (status === 403) return permissionMissing(need, message);
  if (status === 404 || status === 410 || status === 451) return new NotFound(redact(message));
  if (status === 422 && message.startsWith("No commit found for SHA")) return commitGone(message);
  if (status >= 400 && status < 500 && status !== 408)
    return new GitHubProblem({
      code: "github/rejected",
      message: `GitHub rejected a request (${status}): ${message}`,
      remedy: "Open an issue with this message; Countersign should not have sent that request.",
    });
  const what = status === UNREACHED ? "GitHub could not be reached" : `GitHub could not answer (${status})`;
  return new GitHubUnavailable(`${what}: ${message}`, retryAfter(failure, WAIT.unreachable));
}

/** The problem's code for a commit that GitHub does not know: it is gone, or not yet where GitHub looks for it. */
export const COMMIT_GONE = "github/commit-gone";

function commitGone(message: string): GitHubProblem {
  return new GitHubProblem({
    code: COMMIT_GONE,
    message: `GitHub does not know the commit: ${message}`,
    remedy: "No action needed: Countersign tries again for an hour, as GitHub may only be late.",
  });
}

/** The problem's code for an archived, and so read-only, repository. */
export const ARCHIVED = "github/archived";

export function permissionMissing(need: string, message: string): GitHubProblem {
  if (/\barchived\b/i.test(message))
    return new GitHubProblem({
      code: ARCHIVED,
      message: `The repository is read-only: ${message}`,
      remedy: "Unarchive the repository. Its open pull requests are then evaluated again.",
    });
  return new GitHubProblem({
    code: "github/permission",
    message: `GitHub denied the App access: ${message}`,
    remedy: `Grant the App the permission "${need}" and have an owner accept it for this installation.`,
  });
}

export function rateLimited(message: string, headers: Readonly<Record<string, string>>): GitHubUnavailable {
  const failure = { status: 200, message, headers };
  return new GitHubUnavailable(
    `GitHub's rate limit is reached: ${message}`,
    retryAfter(failure, WAIT.secondary),
  );
}

function isRateLimit({ status, message, headers }: HttpFailure): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    "retry-after" in headers ||
    headers["x-ratelimit-remaining"] === "0" ||
    /rate limit|abuse detection/i.test(message)
  );
}

/** Milliseconds to wait: `Retry-After`, else the reset of the limit by GitHub's own clock, else the fallback. */
function retryAfter({ headers }: HttpFailure, fallback: number): number {
  const seconds = Number(headers["retry-after"]);
  if (seconds > 0) return Math.min(seconds * SECOND, HOUR);
  const reset = Number(headers["x-ratelimit-reset"]) * SECOND;
  const wait = reset - Date.parse(headers.date ?? "");
  if (headers["x-ratelimit-remaining"] !== "0" || Number.isNaN(wait)) return fallback;
  return Math.min(Math.max(wait, SECOND), HOUR);
}

const UNREACHED = 0;
/** Where nothing answered, Octokit puts this status in the place of one. */
const OCTOKITS_OWN = 500;

/** Recognized by shape, not class: the error may come from any copy of Octokit, or from `fetch`. */
function httpFailure(error: unknown): HttpFailure | null {
  if (typeof error !== "object" || error === null) return null;
  const { status, name, message, response } = failureFields(error);
  if (typeof status !== "number" && name !== "TimeoutError" && name !== "AbortError") return null;
  const isReached = typeof status === "number" && (response !== undefined || status !== OCTOKITS_OWN);
  return {
    status: isReached ? status : UNREACHED,
    message: redact(String(message)),
    headers: headersOf(response),
  };
}

function failureFields(error: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    ["status", "name", "message", "response"].map((field) => [field, Reflect.get(error, field)]),
  );
}

/** The headers of an Octokit response, lower-cased, as text. */
export function headersOf(response: unknown): Readonly<Record<string, string>> {
  if (typeof response !== "object" || response === null || !("headers" in response)) return {};
  return Object.fromEntries(
    Object.entries(response.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
