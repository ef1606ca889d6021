import { loadPolicyFile } from "../policy/load.ts";
import type { Policy } from "../policy/policy.ts";
import type { Problem } from "../policy/problem.ts";
import { CONFIG_PATH, resolvePolicy } from "../policy/resolve.ts";
import { CONTROL_FILES } from "../production/control-files.ts";
import type { Snapshot } from "./snapshot.ts";

export interface Mending {
  readonly policy: Policy;
  readonly problems: readonly Problem[];
}

/**
 * By what to judge a pull request that makes an invalid config valid and does nothing else: without it the mend would
 * be blocked by what it mends. The organization's floor and the defaults decide, and whoever wrote it, the owners of
 * the config countersign. `null` for every other pull request.
 */
export function configFixPolicy({
  files,
  policySources,
}: Pick<Snapshot, "files" | "policySources">): Mending | null {
  const { organization, repository, proposed } = policySources;
  const [only, ...others] = files;
  if (only?.path !== CONFIG_PATH || only.status !== "modified" || others.length > 0) return null;
  if (repository.status !== "found" || !isValid(proposed)) return null;
  const { policy } = resolvePolicy({ organization, repository: { status: "absent" } });
  if (policy === null) return null;
  const areas = policy.areas.map((area) =>
    area.name === CONTROL_FILES ? { ...area, appliesTo: "everyone" as const } : area,
  );
  return { policy: { ...policy, mode: "enforce", areas }, problems: [MENDING] };
}

function isValid(proposed: Snapshot["policySources"]["proposed"]): boolean {
  return proposed?.status === "found" && loadPolicyFile(proposed.text, proposed.path).config !== null;
}

const MENDING: Problem = {
  code: "config/mending",
  severity: "warning",
  file: CONFIG_PATH,
  message: "The config on the default branch is invalid, and this pull request mends it.",
  remedy: "Whoever wrote it, an owner of the config countersigns; until it is merged nothing else may pass.",
};
