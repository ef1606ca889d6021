import { strictest } from "../../signoff/conclusion.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { JudgedPull } from "./judge-head.ts";

/**
 * The pull requests whose verdicts decide about a head commit. Anybody can open the same commits once more. Merging them
 * into the same branch does the same, so an outsider's pull request that nobody signed or refused does not hold up
 * another one into that branch.
 */
export function deciding(judged: readonly JudgedPull[]): readonly JudgedPull[] {
  const bases = new Set(judged.filter((one) => !isIdle(one)).map(baseOf));
  return judged.filter((one) => !isIdle(one) || !bases.has(baseOf(one)));
}

function isIdle({ verdict }: JudgedPull): boolean {
  if (verdict.ofOutsider !== true || !isEvaluated(verdict)) return false;
  return verdict.requirements.every(
    ({ countersignatures, refusals }) => countersignatures.length === 0 && refusals.length === 0,
  );
}

/** An outsider's words say nothing of other people's commits, so it does not matter here that they are not kept. */
function isEvaluated({ problems }: Verdict): boolean {
  return problems.every(
    ({ severity, code }) => severity !== "error" || code === "evidence/pull-request-not-kept",
  );
}

/** What it would be merged into, and by whose rules. */
export function baseOf({ snapshot }: JudgedPull): string {
  const { base, governedBy } = snapshot?.pullRequest ?? {};
  return JSON.stringify([base?.ref, governedBy?.ref]);
}

/** The strictest verdict of some of a head's pull requests, by those among them that decide; `null` of none. */
export function strictestOf(
  onHead: readonly JudgedPull[],
): (judged: readonly JudgedPull[]) => Verdict | null {
  const decisive = deciding(onHead);
  return (judged) => {
    const own = judged.filter((one) => decisive.includes(one));
    const [first, ...others] = own.length === 0 ? judged : own;
    if (first === undefined) return null;
    return strictest([first.verdict, ...others.map(({ verdict }) => verdict)]);
  };
}
