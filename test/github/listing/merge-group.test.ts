import { describe, expect, test } from "@jest/globals";
import { pullsInGroup } from "../../../src/github/listing/merge-group.ts";
import { nock } from "../../nock.ts";
import { REPOSITORY } from "../reading/reading.ts";
import { client } from "../served.ts";
import { sha } from "../stubbed-github.ts";

const github = () => nock("https://api.github.com");
const BASE = "c".repeat(40);

interface Queued {
  readonly position: number;
  readonly headCommit: { readonly oid: string } | null;
  readonly pullRequest: { readonly number: number; readonly headRefOid: string } | null;
}

/** Pull request `n` is queued with the commit 100 + n. */
const entry = (number: number, more: Partial<Queued> = {}): Queued => ({
  position: number,
  headCommit: { oid: sha(100 + number) },
  pullRequest: { number, headRefOid: sha(number) },
  ...more,
});

const page = (nodes: readonly Queued[], endCursor: string | null = null) => ({
  data: {
    repository: {
      mergeQueue: {
        entries: { totalCount: 9, pageInfo: { hasNextPage: endCursor !== null, endCursor }, nodes },
      },
    },
  },
});

async function groupOf(nodes: readonly Queued[], headSha: string, baseSha = BASE) {
  github()
    .post("/graphql", /"branch":"main"/)
    .reply(200, page(nodes));
  const pulls = await pullsInGroup(client(), REPOSITORY, { base: "main", baseSha, headSha });
  return pulls?.map(({ pull }) => pull) ?? null;
}

describe("the pull requests of a merge group", () => {
  test.each<{ why: string; nodes: readonly Queued[]; head: string; base?: string; are: number[] | null }>([
    { why: "the first alone", nodes: [entry(1), entry(2)], head: sha(101), are: [1] },
    { why: "all up to its own", nodes: [entry(1), entry(2), entry(3)], head: sha(102), are: [1, 2] },
    {
      why: "those behind the group ahead",
      nodes: [entry(1), entry(2), entry(3)],
      head: sha(103),
      base: sha(101),
      are: [2, 3],
    },
    { why: "in the order of the queue", nodes: [entry(2), entry(1)], head: sha(102), are: [1, 2] },
    { why: "none known, for a commit that is not queued", nodes: [entry(1)], head: sha(7), are: null },
    {
      why: "not known, where one may not be seen",
      nodes: [entry(1, { pullRequest: null }), entry(2)],
      head: sha(102),
      are: null,
    },
    {
      why: "not known, where the commit is its own base",
      nodes: [entry(1)],
      head: sha(101),
      base: sha(101),
      are: null,
    },
    {
      why: "not disturbed by entries without a commit yet",
      nodes: [entry(1), entry(2, { headCommit: null })],
      head: sha(101),
      are: [1],
    },
  ])("$why", async ({ nodes, head, base, are }) => {
    expect(await groupOf(nodes, head, base)).toEqual(are);
  });

  test("each with the head that is queued", async () => {
    github()
      .post("/graphql")
      .reply(200, page([entry(1)]));
    const pulls = await pullsInGroup(client(), REPOSITORY, {
      base: "main",
      baseSha: BASE,
      headSha: sha(101),
    });
    expect(pulls).toEqual([{ pull: 1, headSha: sha(1) }]);
  });

  test("of all pages", async () => {
    github()
      .post("/graphql", /"after":null/)
      .reply(200, page([entry(1)], "x"));
    github()
      .post("/graphql", /"after":"x"/)
      .reply(200, page([entry(2)]));
    const group = { base: "main", baseSha: BASE, headSha: sha(102) };
    expect(await pullsInGroup(client(), REPOSITORY, group)).toHaveLength(2);
  });

  test("rejects a queue whose pages loop", async () => {
    github()
      .post("/graphql")
      .times(2)
      .reply(200, page([entry(1)], "x"));
    const group = { base: "main", baseSha: BASE, headSha: sha(101) };
    await expect(pullsInGroup(client(), REPOSITORY, group)).rejects.toThrow("the merge queue");
  });

  test.each([{ mergeQueue: null }, { mergeQueue: { entries: null } }])(
    "a branch without a queue: %j",
    async (repository) => {
      github().post("/graphql").reply(200, { data: { repository } });
      const group = { base: "main", baseSha: BASE, headSha: sha(101) };
      expect(await pullsInGroup(client(), REPOSITORY, group)).toBeNull();
    },
  );

  test("does not treat a missing repository as one without a queue", async () => {
    github()
      .post("/graphql")
      .reply(200, { data: { repository: null } });
    const group = { base: "main", baseSha: BASE, headSha: sha(101) };
    await expect(pullsInGroup(client(), REPOSITORY, group)).rejects.toMatchObject({ name: "NotFound" });
  });
});
