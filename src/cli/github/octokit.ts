import { Octokit } from "@octokit/rest";
import { apiBaseUrl } from "../../github/client/base-url.ts";
import { Failure } from "../failure.ts";
import { type Environment, refuseForeignToken, tokenOf } from "./host.ts";
import { sameHostFetch } from "./same-host-fetch.ts";

/** A client that says nothing and waits for nothing twice. Throws a `Failure`. */
export function openOctokit(environment: Environment): Octokit {
  refuseForeignToken(environment);
  const token = tokenOf(environment);
  const url = baseUrl(environment);
  return new Octokit({
    baseUrl: url,
    userAgent: "countersign",
    log: { debug() {}, info() {}, warn() {}, error() {} },
    request: { fetch: sameHostFetch(url) },
    ...(token !== null && { auth: token }),
  });
}

function baseUrl(environment: Environment): string {
  try {
    return apiBaseUrl(environment);
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error));
  }
}
