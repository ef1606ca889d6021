import type { Policy } from "../policy/policy.ts";
import type { Problem } from "../policy/problem.ts";
import type { Writer } from "../provenance/evidence.ts";
import { CONCLUSIONS, type Conclusion, type RequirementOutcome, type Verdict } from "./verdict.ts";

export interface Findings {
  readonly problems: readonly Problem[];
  readonly requirements: readonly RequirementOutcome[];
  readonly writer: Writer;
}

/** What the check says, and in `observe` what it would have said. What could not be judged fails in either mode. */
export function conclude(mode: Policy["mode"], findings: Findings): Pick<Verdict, "conclusion" | "wouldBe"> {
  const conclusion = enforced(findings);
  if (mode === "enforce" || conclusion === "failure") return { conclusion };
  return { conclusion: "neutral", wouldBe: conclusion };
}

function enforced({ problems, requirements, writer }: Findings): Conclusion {
  if (problems.some(({ severity }) => severity === "error")) return "failure";
  if (requirements.some(({ status }) => status !== "signed")) return "action_required";
  return writer === "ai" && requirements.length === 0 ? "neutral" : "success";
}

/** The verdict that a head commit gets: the strictest of its pull requests', the first among equals. */
export function strictest(verdicts: readonly [Verdict, ...Verdict[]]): Verdict {
  const rank = ({ conclusion }: Verdict) => CONCLUSIONS.indexOf(conclusion);
  return verdicts.reduce((worst, verdict) => (rank(verdict) > rank(worst) ? verdict : worst));
}
