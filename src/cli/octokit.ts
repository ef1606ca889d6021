import { Octokit } from "@octokit/rest";
import { apiBaseUrl } from "../github/client/base-url.ts";
import { Failure } from "./failure.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

const TIMEOUT_MS = 30_000;

/** The token to ask GitHub with; `null` where none is given. */
export function tokenOf({ GITHUB_TOKEN, GH_TOKEN }: Environment): string | null {
  return GITHUB_TOKEN || GH_TOKEN || null;
}

/** A client that says nothing, waits for nothing twice and does not wait for ever. Throws a `Failure`. */
export function openOctokit(environment: Environment): Octokit {
  const token = tokenOf(environment);
  return new Octokit({
    baseUrl: baseUrl(environment),
    userAgent: "countersign",
    log: { debug() {}, info() {}, warn() {}, error() {} },
    request: { fetch: boundedFetch },
    ...(token !== null && { auth: token }),
  });
}

const boundedFetch: typeof fetch = (input, init) =>
  fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });

function baseUrl(environment: Environment): string {
  try {
    return apiBaseUrl(environment);
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error));
  }
}
