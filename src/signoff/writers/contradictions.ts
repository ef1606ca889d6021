import type { Problem } from "../../policy/problem.ts";
import type { Snapshot } from "../snapshot.ts";
import type { PullRequestProvenance } from "../verdict.ts";
import { quote } from "../wording/visible.ts";
import { count, listFirst, shortSha } from "../wording/words.ts";

const AGAIN =
  "Re-run the check. If this persists, the pull request cannot be evaluated and must not be merged.";

/** What in a snapshot cannot be so. Nothing is concluded from such a snapshot. */
export function contradictions(
  { pullRequest, commits, files }: Snapshot,
  provenance: PullRequestProvenance,
): readonly Problem[] {
  const sourceless = files.filter(
    ({ status, previousPath }) => status === "renamed" && previousPath === undefined,
  );
  const headless = files.length > 0 && !commits.some(({ sha }) => sha === pullRequest.head.sha);
  const unread = provenance.commits.filter((commit) => commit.provenance.writer === "unknown");
  return [
    ...(sourceless.length === 0
      ? []
      : [
          problem(
            "evidence/rename-without-source",
            `The previous path of ${listFirst(sourceless.map(({ path }) => quote(path)))} is not known.`,
          ),
        ]),
    ...(headless
      ? [
          problem(
            "evidence/head-missing",
            `The head ${shortSha(pullRequest.head.sha)} is not among the ${count(commits.length, "commit")} that were read.`,
          ),
        ]
      : []),
    ...(unread.length === 0
      ? []
      : [
          problem(
            "evidence/unreadable-commit",
            `It is not known who wrote ${listFirst(unread.map(({ sha }) => shortSha(sha)))}.`,
          ),
        ]),
  ];
}

function problem(code: Problem["code"], message: string): Problem {
  return { code, severity: "error", message, remedy: AGAIN };
}
