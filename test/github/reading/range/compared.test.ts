import { describe, expect, test } from "@jest/globals";
import type { GitHubClient } from "../../../../src/github/client/client.ts";
import { NotFound } from "../../../../src/github/client/errors.ts";
import { readCompared } from "../../../../src/github/reading/range/compared.ts";

const SHOP = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };

interface Answer {
  readonly commits?: number;
  readonly behind?: number;
  readonly total?: number;
  readonly files?: readonly object[];
}

const file = (filename: string, given: object = {}) => ({
  ...{ filename, sha: `of ${filename}`, status: "modified", additions: 2, deletions: 1, patch: "@@" },
  ...given,
});

/** Answers by range: pages of a hundred commits. */
function github(ranges: Readonly<Record<string, Answer>>): GitHubClient & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    request: async (_, parameters = {}) => {
      const { range, page } = parameters as { range: string; page: number };
      asked.push(`${range} ${page}`);
      const answer = ranges[range];
      if (answer === undefined) throw Object.assign(new Error("No common ancestor"), { status: 404 });
      const { commits = 1, behind = 0, total = commits, files = [] } = answer;
      const left = Math.max(0, Math.min(100, commits - (page - 1) * 100));
      const more = commits > page * 100;
      return {
        headers: more ? { link: '<https://api.example/next>; rel="next"' } : {},
        data: {
          ...{ behind_by: behind, total_commits: total, merge_base_commit: { sha: "base" } },
          commits: Array.from({ length: left }, (_, at) => ({ sha: `c${(page - 1) * 100 + at}` })),
          ...(page === 1 && { files }),
        },
      };
    },
    graphql: async () => {
      throw new Error("nobody asks by GraphQL");
    },
  };
}

const span = { before: "aaaaaaaaaa", after: "bbbbbbbbbb", wasThere: true };
const [FORTH, BACK] = ["aaaaaaaaaa...bbbbbbbbbb", "bbbbbbbbbb...aaaaaaaaaa"];

describe("what came into a branch", () => {
  test("its commits and files, and where it parts", async () => {
    const client = github({ [FORTH]: { commits: 2, files: [file("a"), file("b")] } });
    const compared = await readCompared(client, SHOP, span);
    expect(compared).toMatchObject({ commits: ["c0", "c1"], mergeBase: "base", lost: false });
    expect(compared.files.map(({ path }) => path)).toEqual(["a", "b"]);
    expect(client.asked).toEqual([`${FORTH} 1`]);
  });

  test("what it lost is changed as well: each file the other way round, and once", async () => {
    const lost = [
      file("added", { status: "added" }),
      file("gone", { status: "removed" }),
      file("moved", { status: "renamed", previous_filename: "from" }),
      file("both"),
    ];
    const client = github({ [FORTH]: { behind: 1, files: [file("both")] }, [BACK]: { files: lost } });
    const { files, lost: isLost } = await readCompared(client, SHOP, span);
    expect(isLost).toBe(true);
    expect(files.map(({ path, status, contentId, unread }) => [path, status, contentId, unread])).toEqual([
      ["both", "modified", "of both", undefined],
      ["added", "removed", null, "no-diff"],
      ["gone", "added", "of gone", "no-diff"],
      ["from", "renamed", "of moved", "no-diff"],
    ]);
  });

  test("a new branch loses nothing of what it was made from", async () => {
    const client = github({ [FORTH]: { behind: 3 } });
    expect(await readCompared(client, SHOP, { ...span, wasThere: false })).toMatchObject({ lost: false });
    expect(client.asked).toEqual([`${FORTH} 1`]);
  });

  test.each<{ why: string; answer: Answer | undefined; code: string; says: string }>([
    {
      why: "too many commits",
      answer: { commits: 101 },
      code: "evidence/range-too-long",
      says: "more than 100 commits",
    },
    {
      why: "as many files as GitHub lists at most",
      answer: { files: Array.from({ length: 300 }, (_, at) => file(`${at}`)) },
      code: "evidence/range-too-long",
      says: "more than 299 files",
    },
    {
      why: "fewer commits than are counted",
      answer: { commits: 2, total: 3 },
      code: "evidence/range-unknown",
      says: "aaaaaaa...bbbbbbb",
    },
    {
      why: "nothing in common",
      answer: undefined,
      code: "evidence/range-unknown",
      says: "aaaaaaa...bbbbbbb",
    },
  ])("is not judged where it cannot be read whole: $why", async ({ answer, code, says }) => {
    const client = github(answer === undefined ? {} : { [FORTH]: answer });
    const refused = readCompared(client, SHOP, span);
    await expect(refused).rejects.toMatchObject({
      problem: { code, message: expect.stringContaining(says) },
    });
    await expect(refused).rejects.not.toBeInstanceOf(NotFound);
  });

  test("a hundred commits are read", async () => {
    const { commits } = await readCompared(github({ [FORTH]: { commits: 100 } }), SHOP, span);
    expect(commits).toHaveLength(100);
  });
});
