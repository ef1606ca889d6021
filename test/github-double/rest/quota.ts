import type { Writing } from "./content-limits.ts";
import type { Limits } from "./limits.ts";
import { budgetOf } from "./rest.ts";
import type { Caller, Reply } from "./route.ts";

const DOCS = "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api";

/** GitHub's answer to a caller who used up what it has; `null`: it may go on. */
export function outOfQuota(limits: Limits, caller: Caller, writing: Writing): Reply | null {
  // Asking what is left costs nothing and is always answered.
  if (writing.operation === "GET /rate_limit") return null;
  const who = budgetOf(caller);
  const graphql = writing.operation === "POST /graphql";
  if (!limits.allows(who, graphql ? "graphql" : "core")) {
    const message = `API rate limit exceeded for ${who.replace("installation", "installation ID")}.`;
    return graphql
      ? { status: 200, body: { errors: [{ type: "RATE_LIMITED", message }] } }
      : { status: 403, body: { message, documentation_url: DOCS } };
  }
  const wait = limits.content.take(who, writing);
  return wait === null ? null : tooMuchContent(wait);
}

function tooMuchContent(wait: number): Reply {
  const message =
    "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. " +
    "Please retry your request again later.";
  return {
    status: 403,
    body: { message, documentation_url: DOCS },
    headers: { "retry-after": String(wait) },
  };
}
