import { governs } from "../../policy/governs.ts";
import type { Policy } from "../../policy/policy.ts";
import type { ResolvePolicy } from "../../policy/remembered.ts";
import { judge } from "../../signoff/evaluate.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";

/** What is to be known of a snapshot. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Whether the base is governed: only then the verdict decides. */
  readonly governed: boolean;
  /** What the config in force says of branches; `null` where it cannot be read. */
  readonly policy: BranchPolicy | null;
}

export type BranchPolicy = Pick<Policy, "branches" | "checks" | "notify">;

export function judgementOf(snapshot: Snapshot, resolve: ResolvePolicy): Judgement {
  const { policySources, pullRequest, repository } = snapshot;
  const resolved = resolve(policySources);
  const { policy } = resolved;
  const base = { ref: pullRequest.governedBy.ref, defaultBranch: repository.defaultBranch };
  return {
    verdict: judge(snapshot, resolved),
    governed: governs(policy, base),
    policy: policy && { branches: policy.branches, checks: policy.checks, notify: policy.notify },
  };
}
