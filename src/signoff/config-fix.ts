import { loadPolicyFile } from "../policy/file/load.ts";
import type { Policy } from "../policy/policy.ts";
import type { Problem } from "../policy/problem.ts";
import { resolvePolicy } from "../policy/resolve.ts";
import { CONFIG_PATH } from "../policy/source.ts";
import { CONTROL_FILES } from "../production/control-files.ts";
import type { Snapshot } from "./snapshot.ts";

export interface ConfigFix {
  readonly policy: Policy;
  readonly problems: readonly Problem[];
}

/**
 * The policy for a pull request that only makes an invalid config valid, which the invalid config would otherwise block.
 * The organization's floor and the defaults apply, and the owners of the config countersign, whoever wrote the fix.
 * `null` for every other pull request.
 */
export function configFixPolicy({
  files,
  policySources,
}: Pick<Snapshot, "files" | "policySources">): ConfigFix | null {
  const { organization, repository, proposed } = policySources;
  const [only, ...others] = files;
  if (only?.path !== CONFIG_PATH || only.status !== "modified" || others.length > 0) return null;
  if (repository.status !== "found" || !isValid(proposed)) return null;
  const { policy } = resolvePolicy({ organization, repository: { status: "absent" } });
  if (policy === null) return null;
  const areas = policy.areas.map((area) =>
    area.name === CONTROL_FILES ? { ...area, appliesTo: "everyone" as const } : area,
  );
  // An override lets nothing through while the config says nothing of it that can be read.
  const override = { ...policy.override, by: [] };
  return { policy: { ...policy, mode: "enforce", areas, override }, problems: [FIXED] };
}

function isValid(proposed: Snapshot["policySources"]["proposed"]): boolean {
  return proposed?.status === "found" && loadPolicyFile(proposed.text, proposed.path).config !== null;
}

const FIXED: Problem = {
  code: "config/fix",
  severity: "warning",
  file: CONFIG_PATH,
  message: "The config on the default branch is invalid, and this pull request fixes it.",
  remedy:
    "An owner of the config must countersign this, even if a human wrote it. Everything else is blocked until it merges.",
};
