import type { Account } from "./snapshot.ts";
import type { RequirementOutcome } from "./verdict.ts";

/** Those who approved and whose passkeys are all that is missing; nobody where more approvals are. */
export function approvedUnsigned({
  requirement,
  countersignatures,
  awaits,
  ignoredReviews,
}: RequirementOutcome): readonly Account[] {
  const open = ignoredReviews.flatMap(({ code, by }) => (code === "passkey" && by !== null ? [by] : []));
  const missing = Math.max(awaits.length, requirement.count - countersignatures.length);
  return open.length < missing ? [] : open;
}
