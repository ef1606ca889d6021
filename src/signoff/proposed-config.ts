import { loadPolicyFile } from "../policy/load.ts";
import type { Problem } from "../policy/problem.ts";
import type { PolicySource } from "../policy/source.ts";

const PREFIX = "proposed/";
const READABLE = "Make it a text file in YAML, or leave it as it is on the default branch.";

/**
 * What is wrong with the config file as the pull request would leave it. The base's file decides; but once merged, an
 * invalid one would let no pull request pass, not even the one that mends it.
 */
export function proposedProblems(proposed: PolicySource | undefined): readonly Problem[] {
  if (proposed === undefined || proposed.status === "absent") return [];
  if (proposed.status === "found") {
    return loadPolicyFile(proposed.text, proposed.path).problems.map((problem) => ({
      ...problem,
      code: `${PREFIX}${problem.code}`,
    }));
  }
  const { path: file, reason, remedy = READABLE } = proposed;
  const message = `The file cannot be read: ${reason}.`;
  return [{ code: `${PREFIX}config/unreadable`, severity: "error", file, message, remedy }];
}

export function isProposed({ code }: Problem): boolean {
  return code.startsWith(PREFIX);
}
