import type { Conclusion, Verdict } from "../signoff/verdict.ts";
import type { EXIT } from "./exit-code.ts";

export type Outcome = keyof typeof EXIT;

const BY_CONCLUSION: Readonly<Record<Conclusion, Outcome>> = {
  success: "pass",
  neutral: "pass",
  action_required: "wouldBlock",
  failure: "notEvaluated",
};

/** Without a verdict there was nothing to judge. Where the policy only observes, its conclusion is neutral. */
export function outcomeOf(verdict: Verdict | null): Outcome {
  return verdict === null ? "pass" : BY_CONCLUSION[verdict.conclusion];
}
