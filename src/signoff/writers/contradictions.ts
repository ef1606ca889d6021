import type { Problem } from "../../policy/problem.ts";
import type { Snapshot } from "../snapshot.ts";
import type { PullRequestProvenance } from "../verdict.ts";
import { quote } from "../wording/visible.ts";
import { count, listFirst, shortSha } from "../wording/words.ts";

const AGAIN = "Run the check again; if this stays, the pull request cannot be judged and must not merge.";

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
            `Where ${listFirst(sourceless.map(({ path }) => quote(path)))} was renamed from is not known.`,
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
            `Nothing tells who wrote ${listFirst(unread.map(({ sha }) => shortSha(sha)))}.`,
          ),
        ]),
  ];
}

function problem(code: string, message: string): Problem {
  return { code, severity: "error", message, remedy: AGAIN };
}
