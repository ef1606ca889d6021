import { expect, test } from "@jest/globals";
import { baseOfThen } from "../../../../src/github/reading/past/base-of-then.ts";

const STALE = "base named by the pull request";
const PARENT = "first parent";
const written = (message: string) => ({ message, authoredDate: "2026-11-20T10:00:00Z" });

function merged(
  becomes: { readonly message: string; readonly parents: number; readonly authoredDate?: string } | null,
  commits: number,
) {
  return {
    baseRefOid: STALE,
    mergeCommit: becomes && {
      ...written(becomes.message),
      ...(becomes.authoredDate && { authoredDate: becomes.authoredDate }),
      parents: { totalCount: becomes.parents, nodes: becomes.parents === 0 ? [] : [{ oid: PARENT }] },
    },
    commits: { totalCount: commits, nodes: [{ commit: written("last commit") }] },
  };
}

test.each([
  ["a merge commit", merged({ message: "Merge pull request #7", parents: 2 }, 3), PARENT],
  ["a squash of several", merged({ message: "Title (#7)", parents: 1 }, 3), PARENT],
  ["a squash of one commit, or its rebase", merged({ message: "last commit", parents: 1 }, 1), PARENT],
  [
    "a rebase of several: the parent is part of the change",
    merged({ message: "last commit", parents: 1 }, 3),
    STALE,
  ],
  [
    "a squash that has the message of the last commit by chance",
    merged({ message: "last commit", parents: 1, authoredDate: "2026-11-20T11:00:00Z" }, 3),
    PARENT,
  ],
  ["GitHub does not say what it became", merged(null, 3), STALE],
  ["a first commit has no parent", merged({ message: "x", parents: 0 }, 1), STALE],
])("%s", (_, answer, base) => {
  expect(baseOfThen(answer)).toBe(base);
});
