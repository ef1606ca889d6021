import type { Policy } from "../policy/policy.ts";
import type { Problem } from "../policy/problem.ts";
import type { Writer } from "../provenance/evidence.ts";
import { blocks } from "./blocks.ts";
import { refusedVerdict } from "./failed.ts";
import { CONCLUSIONS, type Conclusion, type RequirementOutcome, type Verdict } from "./verdict.ts";

export interface Findings {
  readonly problems: readonly Problem[];
  readonly requirements: readonly RequirementOutcome[];
  readonly writer: Writer;
}

/**
 * What the check says, and where the config or an area observes, what it would have said. What could not be judged fails
 * in either mode.
 */
export function conclude(mode: Policy["mode"], findings: Findings): Pick<Verdict, "conclusion" | "wouldBe"> {
  const conclusion = enforced(findings);
  if (conclusion === "failure" || isEnforced(mode, findings)) return { conclusion };
  return { conclusion: "neutral", wouldBe: conclusion };
}

function isEnforced(mode: Policy["mode"], { requirements }: Findings): boolean {
  return mode === "enforce" && (requirements.some(blocks) || !requirements.some(isOpen));
}

function isOpen({ status }: RequirementOutcome): boolean {
  return status !== "signed";
}

function enforced({ problems, requirements, writer }: Findings): Conclusion {
  if (problems.some(({ severity }) => severity === "error")) return "failure";
  if (requirements.some(isOpen)) return "action_required";
  return writer === "ai" && requirements.length === 0 ? "neutral" : "success";
}

/** The verdict that a head commit gets: the strictest of its pull requests', the first among equals. */
export function strictest(verdicts: readonly [Verdict, ...Verdict[]]): Verdict {
  return strictestBy(verdicts, (verdict) => verdict);
}

function strictestBy<T>(all: readonly [T, ...T[]], verdictOf: (one: T) => Verdict): T {
  const rank = (one: T) => CONCLUSIONS.indexOf(verdictOf(one).conclusion);
  return all.reduce((worst, one) => (rank(one) > rank(worst) ? one : worst));
}

/** A pull request of a merge group, judged anew for the group. */
export interface GroupMember {
  readonly pull: number;
  readonly verdict: Verdict;
}

export interface GroupVerdict {
  readonly verdict: Verdict;
  /** Whose verdict it is; `null` where not all pull requests of the group could be found. */
  readonly of: number | null;
}

/**
 * The verdict that the commit of a merge group gets: the strictest of its pull requests', the first among equals.
 * `null` stands for a group whose pull requests cannot all be told: it must not merge.
 */
export function judgeGroup(members: readonly [GroupMember, ...GroupMember[]] | null): GroupVerdict {
  if (members === null) return { verdict: UNTOLD, of: null };
  const { verdict, pull } = strictestBy(members, (member) => member.verdict);
  return { verdict, of: pull };
}

const UNTOLD = refusedVerdict({
  code: "evidence/merge-group",
  message: "Could not determine which pull requests are in this merge group.",
  remedy: "Take them out of the merge queue and add them again.",
});
