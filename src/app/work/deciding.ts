import type { JudgedPull } from "./judge-head.ts";

/**
 * The pull requests whose verdicts decide about a head commit. Anybody can open the same commits once more. Merging them
 * into the same branch does the same, so an outsider's pull request that nobody signed or refused does not hold up
 * another one into that branch.
 */
export function deciding(judged: readonly JudgedPull[]): readonly JudgedPull[] {
  const others = judged.filter((one) => !isIdle(one));
  const bases = new Set(others.map(baseOf));
  return judged.filter((one) => !isIdle(one) || !bases.has(baseOf(one)));
}

function isIdle({ snapshot, verdict }: JudgedPull): boolean {
  if (snapshot?.pullRequest.outsider !== true || verdict.conclusion !== "action_required") return false;
  return verdict.requirements.every(
    ({ countersignatures, refusals }) => countersignatures.length === 0 && refusals.length === 0,
  );
}

function baseOf({ snapshot }: JudgedPull): string | undefined {
  return snapshot?.pullRequest.base.ref;
}
