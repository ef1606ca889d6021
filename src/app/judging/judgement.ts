import { governs } from "../../policy/governs.ts";
import { resolvePolicy } from "../../policy/resolve.ts";
import { judge } from "../../signoff/evaluate.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";

/** What is to be known of a snapshot. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Whether the base is governed: only then the verdict decides. */
  readonly governed: boolean;
}

export function judgementOf(snapshot: Snapshot): Judgement {
  const { policySources, pullRequest, repository } = snapshot;
  const { policy } = resolvePolicy(policySources);
  const base = { ref: pullRequest.governedBy.ref, defaultBranch: repository.defaultBranch };
  return { verdict: judge(snapshot), governed: governs(policy, base) };
}
