import { DEFAULT_BRANCH } from "../policy/branch.ts";
import type { Policy } from "../policy/policy.ts";

/** What the config says of changes to governed branches. */
interface WatchRules {
  readonly branches: readonly string[];
  readonly defaultBranch: string;
  readonly allowed: readonly { readonly account: string; readonly reason: string }[];
  readonly followUp: "none" | "issue";
  readonly notify: readonly string[];
}

/** A config that cannot be read (`null`) governs what the one before did, and allows nobody anything. */
export function watchRulesOf(
  policy: Pick<Policy, "branches" | "bypass" | "notify"> | null,
  defaultBranch: string,
  before: (Omit<WatchRules, "notify"> & Partial<Pick<WatchRules, "notify">>) | null,
): WatchRules {
  if (policy === null) {
    const branches = before?.branches ?? [DEFAULT_BRANCH];
    const { followUp = "none", notify = [] } = before ?? {};
    return { branches, defaultBranch, allowed: [], followUp, notify };
  }
  const { branches, bypass, notify } = policy;
  return { branches, defaultBranch, allowed: bypass.allowed, followUp: bypass.followUp, notify };
}
