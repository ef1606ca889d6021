import canonicalize from "canonicalize";
import type { Decision } from "../passkey-facts.ts";

/** The same for the same decision. Whether a line for an override asks or grants depends on who else was heard. */
export function decisionKey(decision: Decision): string {
  const isOverride = decision.kind === "override-ask" || decision.kind === "override-grant";
  return String(canonicalize(isOverride ? { ...decision, kind: "override" } : decision));
}
