import { loadPolicyFile } from "../policy/file/load.ts";
import { misplacedConfig } from "../policy/misplaced.ts";
import type { Problem } from "../policy/problem.ts";
import type { PolicySource } from "../policy/source.ts";
import type { Snapshot } from "./snapshot.ts";

const PREFIX = "proposed/";
const READABLE = "Make it a text file in YAML, or leave it as it is on the default branch.";

/**
 * What is wrong with the config file as the pull request would leave it. The base's file decides; but once merged, an
 * invalid one would block every pull request, even the one that fixes it.
 */
export function proposedProblems({
  files,
  policySources: { proposed },
}: Pick<Snapshot, "files" | "policySources">): readonly Problem[] {
  const misplaced = files.flatMap(({ path, status }) =>
    status === "removed" ? [] : (misplacedConfig(path) ?? []),
  );
  return [...problemsOf(proposed), ...misplaced];
}

function problemsOf(proposed: PolicySource | undefined): readonly Problem[] {
  if (proposed === undefined || proposed.status === "absent") return [];
  if (proposed.status === "found") {
    const { problems, remarks } = loadPolicyFile(proposed.text, proposed.path);
    return [...problems, ...remarks].map((problem) => ({
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
