import { describe, expect, test } from "@jest/globals";
import { createCaches } from "../../../../src/github/reading/caches.ts";
import { onlyParentOutside } from "../../../../src/github/reading/content/merge-base.ts";
import { readSnapshot } from "../../../../src/github/reading/read-snapshot.ts";
import { client, serve } from "../../served.ts";
import {
  bot,
  file,
  HEAD,
  person,
  type StubbedGitHub,
  sha,
  stubbedGitHub,
  user,
} from "../../stubbed-github.ts";
import { refusalOf, request, snapshotOf } from "../reading.ts";

const [OUTSIDE, OTHER] = [sha("0001"), sha("0002")];

describe("where the branches part, by the parents of the commits", () => {
  test.each<{ why: string; commits: { sha: string; parents?: string[] }[]; told: string | null }>([
    { why: "one commit", commits: [{ sha: HEAD, parents: [OUTSIDE] }], told: OUTSIDE },
    {
      why: "commits in a row",
      commits: [
        { sha: "1", parents: [OUTSIDE] },
        { sha: "2", parents: ["1"] },
      ],
      told: OUTSIDE,
    },
    {
      why: "a merge of two branches of its own",
      commits: [
        { sha: "1", parents: [OUTSIDE] },
        { sha: "2", parents: [OUTSIDE] },
        { sha: "3", parents: ["1", "2"] },
      ],
      told: OUTSIDE,
    },
    {
      why: "not where the base was merged in",
      commits: [
        { sha: "1", parents: [OUTSIDE] },
        { sha: "2", parents: ["1", OTHER] },
      ],
      told: null,
    },
    { why: "not where parents were left out", commits: [{ sha: HEAD }], told: null },
    { why: "not without a parent", commits: [{ sha: HEAD, parents: [] }], told: null },
  ])("$why", ({ commits, told }) => {
    expect(onlyParentOutside(commits)).toBe(told);
  });
});

function approved(): StubbedGitHub {
  const of = stubbedGitHub();
  of.pull.files = [file("a.tf"), file("b.tf", { status: "renamed", previous_filename: "was.tf" })];
  of.pull.reviews = [{ id: 1, state: "APPROVED", author: user("emil", 5) }];
  of.baseFiles = {
    "a.tf": { oid: sha("a0"), mode: 0o100755 },
    "b.tf": { oid: sha("b0") },
    "was.tf": { oid: sha("c0"), mode: 0o160000, type: "commit" },
  };
  return of;
}

describe("what the merge base has in the places of the files", () => {
  test("is read under their former names, with kind and mode", async () => {
    const { files } = await snapshotOf(approved());
    expect(files.map(({ base }) => base)).toEqual([
      { contentId: sha("a0"), mode: "100755", kind: "blob" },
      { contentId: sha("c0"), mode: "160000", kind: "commit" },
    ]);
  });

  test("is nothing where it has nothing", async () => {
    const of = approved();
    of.baseFiles = {};
    expect((await snapshotOf(of)).files.map(({ base }) => base)).toEqual([null, null]);
  });

  test.each<{ why: string; reviews: StubbedGitHub["pull"]["reviews"] }>([
    { why: "nobody approved", reviews: [] },
    { why: "a machine alone approved", reviews: [{ id: 1, state: "APPROVED", author: bot("r", 9) }] },
    { why: "somebody refused", reviews: [{ id: 1, state: "CHANGES_REQUESTED", author: user("emil", 5) }] },
  ])("is not asked for where $why", async ({ reviews }) => {
    const of = approved();
    of.pull.reviews = reviews;
    const asked = serve(of);
    await readSnapshot(client(), request());
    expect(asked.filter((line) => line.includes("BaseSides"))).toEqual([]);
  });

  test("is asked for once, and compared where the base was merged in", async () => {
    const of = approved();
    of.pull.commits = [
      { oid: sha(1), message: "m", author: person("dora", 1) },
      { oid: HEAD, message: "merge", author: person("dora", 1), parents: [sha(1), OTHER] },
    ];
    of.mergeBase = OTHER;
    const caches = createCaches();
    const asked = serve(of);
    await readSnapshot(client(), request({ caches }));
    await readSnapshot(client(), request({ caches }));
    expect(asked.filter((line) => /BaseSides|compare/.test(line))).toEqual([
      `GET /repos/acme/shop/compare/${sha("ba5e")}...${HEAD}?per_page=1`,
      "POST /graphql CountersignBaseSides",
    ]);
  });

  test.each([
    ["by one tree where one document cannot ask for all", false, 301, { trees: 1, documents: 0 }],
    ["by documents where that tree is too large to be listed at once", true, 301, { trees: 1, documents: 2 }],
    ["by one document where that can ask for all", false, 300, { trees: 0, documents: 1 }],
  ])("is read %s", async (_, largeTrees, count, { trees, documents }) => {
    const of = approved();
    of.largeTrees = largeTrees;
    of.pull.files = Array.from({ length: count }, (_, index) => file(`infra/${index}.tf`));
    of.pull.commits = [{ oid: HEAD, message: "m", author: person("dora", 1), parents: [OTHER] }];
    of.mergeBase = OTHER;
    of.baseFiles = { "infra/7.tf": { oid: sha("a0"), mode: 0o100755 } };
    const asked = serve(of);
    const result = await readSnapshot(client(), request());
    const bases = result.status === "complete" ? result.snapshot.files.map(({ base }) => base) : [];
    expect(bases.filter((base) => base !== null)).toEqual([
      { contentId: sha("a0"), mode: "100755", kind: "blob" },
    ]);
    expect(bases).toHaveLength(count);
    expect(asked.filter((line) => line.endsWith("BaseSides"))).toHaveLength(documents);
    expect(asked.filter((line) => line.includes(`/git/trees/${OTHER}`))).toHaveLength(trees);
  });

  test("is refused, to be read again, where GitHub does not show that commit", async () => {
    const of = approved();
    of.pull.commits = [{ oid: HEAD, message: "m", author: person("dora", 1), parents: [sha("dead")] }];
    expect(await refusalOf(of)).toBe("evidence/merge-base-unknown");
  });
});

describe("B19 a pull request without changed files", () => {
  const empty = (trees: StubbedGitHub["trees"]) => {
    const of = stubbedGitHub();
    of.pull.files = [];
    of.trees = trees;
    return of;
  };

  test("changes nothing where both sides have the same tree", async () => {
    const same = sha("7ee");
    expect((await snapshotOf(empty({ head: same, base: same }))).files).toEqual([]);
  });

  test("is refused where they differ", async () => {
    expect(await refusalOf(empty({ head: sha("7ee1"), base: sha("7ee2") }))).toBe(
      "evidence/files-incomplete",
    );
  });

  test.each([0, 1])("is refused where GitHub counts %i files and lists two", async (count) => {
    const of = stubbedGitHub();
    of.pull.files = [file("a.tf"), file("b.tf")];
    of.pull.changedFiles = count;
    expect(await refusalOf(of)).toBe("evidence/files-incomplete");
  });
});
