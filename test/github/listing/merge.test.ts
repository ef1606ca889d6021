import { expect, test } from "@jest/globals";
import { readMerge } from "../../../src/github/listing/merge.ts";
import { nock } from "../../nock.ts";
import { client } from "../served.ts";

const github = () => nock("https://api.github.com");
const REPOSITORY = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const WROTE = { authoredDate: "2026-11-20T10:00:00Z", author: { email: "wes@acme.example" } };

interface Written {
  readonly oid: string;
  readonly message?: string;
  readonly authoredDate?: string;
  readonly author?: { readonly email: string };
  readonly parents?: number;
  readonly people?: readonly (number | null)[];
  /** Addresses that belong to no account. */
  readonly unlinked?: readonly string[];
  readonly authors?: number;
}

const written = ({ oid, message = oid, ...rest }: Written) => ({ ...WROTE, ...rest, oid, message });

const ofPull = ({
  parents = 1,
  people = [],
  unlinked = [],
  authors = people.length + unlinked.length,
  ...rest
}: Written) => ({
  commit: {
    ...written(rest),
    parents: { totalCount: parents },
    committer: { name: "GitHub", email: "noreply@github.com", user: null },
    authors: {
      totalCount: authors,
      nodes: [
        ...people.map((id) => ({ name: "", email: "", user: { databaseId: id, login: `u${id}` } })),
        ...unlinked.map((email) => ({ name: "Night Shift", email, user: null })),
      ],
    },
  },
});

interface Page {
  readonly endCursor?: string | null;
  /** Commits of all pages. */
  readonly totalCount?: number;
}

const answer = (
  commits: readonly Written[],
  { parents = 1, history }: { readonly parents?: number; readonly history: readonly Written[] },
  { endCursor = null, totalCount = commits.length }: Page = {},
) => ({
  data: {
    repository: {
      pullRequest: {
        mergeCommit: {
          oid: history[0]?.oid,
          parents: { totalCount: parents },
          history: {
            totalCount: 1000,
            pageInfo: { hasNextPage: true, endCursor: history.at(-1)?.oid ?? null },
            nodes: history.map(written),
          },
        },
        commits: {
          totalCount,
          pageInfo: { hasNextPage: endCursor !== null, endCursor },
          nodes: commits.map(ofPull),
        },
      },
    },
  },
});

const TWO: readonly Written[] = [{ oid: "c1" }, { oid: "c2" }];
const BELOW: Written = { oid: "base" };

test.each<{
  readonly what: string;
  readonly merge: Parameters<typeof answer>[1];
  readonly became: readonly string[];
}>([
  {
    what: "a squash is one commit",
    merge: { history: [{ oid: "s", authoredDate: "2026-11-21T10:00:00Z" }, BELOW] },
    became: ["s"],
  },
  {
    what: "a rebase is a commit for each",
    merge: { history: [{ oid: "r2", message: "c2" }, { oid: "r1", message: "c1" }, BELOW] },
    became: ["r2", "r1"],
  },
  {
    what: "a commit that another person wrote is none of them",
    merge: {
      history: [
        { oid: "r2", message: "c2" },
        { oid: "x", message: "c1", author: { email: "mallory@acme.example" } },
      ],
    },
    became: ["r2"],
  },
  {
    what: "what lies below as many commits as there were is none of them",
    merge: {
      history: [{ oid: "s", authoredDate: "2026-11-21T10:00:00Z" }, BELOW, { oid: "old", message: "c1" }],
    },
    became: ["s"],
  },
  {
    what: "a merge is a commit beside its own",
    merge: { parents: 2, history: [{ oid: "m" }, { oid: "c2" }, { oid: "c1" }] },
    became: ["m"],
  },
  {
    what: "commits that were pushed to the base are what they were",
    merge: { history: [{ oid: "c2" }, { oid: "c1" }, BELOW] },
    became: [],
  },
])("$what", async ({ merge, became }) => {
  github().post("/graphql").reply(200, answer(TWO, merge));
  expect((await readMerge(client(), REPOSITORY, 7)).became).toEqual(became);
});

test("the people of each commit are told, of all pages, and not those of merges", async () => {
  const merge = { history: [{ oid: "s", authoredDate: "2026-11-21T10:00:00Z" }] };
  github()
    .post("/graphql", /"after":null/)
    .reply(
      200,
      answer([{ oid: "c1", people: [1, 2], unlinked: ["a@home.example"] }], merge, {
        endCursor: "x",
        totalCount: 2,
      }),
    );
  github()
    .post("/graphql", /"after":"x"/)
    .reply(200, answer([{ oid: "c2", people: [3], parents: 2 }], merge));
  expect((await readMerge(client(), REPOSITORY, 7)).commits).toEqual([
    {
      sha: "c1",
      message: "c1",
      people: [
        { id: 1, login: "u1" },
        { id: 2, login: "u2" },
      ],
      unlinked: [{ name: "Night Shift", email: "a@home.example" }],
    },
    { sha: "c2", message: "c2", people: [], unlinked: [] },
  ]);
});

test("a rebase of more commits than a page holds is found as far down", async () => {
  github()
    .post("/graphql", /"after":null,"below":null/)
    .reply(
      200,
      answer([{ oid: "c1" }], { history: [{ oid: "r2", message: "c2" }] }, { endCursor: "x", totalCount: 2 }),
    );
  github()
    .post("/graphql", /"after":"x","below":"r2"/)
    .reply(200, answer([{ oid: "c2" }], { history: [{ oid: "r1", message: "c1" }, BELOW] }));
  expect((await readMerge(client(), REPOSITORY, 7)).became).toEqual(["r2", "r1"]);
});

test.each<readonly [why: string, commit: Written]>([
  ["git names more than are told", { oid: "c1", people: [1], authors: 101 }],
  ["one has no id", { oid: "c1", people: [1, null] }],
])("people are missing where %s", async (_, commit) => {
  github()
    .post("/graphql")
    .reply(200, answer([commit], { history: [BELOW] }));
  expect((await readMerge(client(), REPOSITORY, 7)).commits).toMatchObject([
    { people: [{ id: 1 }], unnamed: true },
  ]);
});

test("of a merge its people are not missed", async () => {
  const commit = { oid: "c1", parents: 2, people: [1], authors: 101 };
  github()
    .post("/graphql")
    .reply(200, answer([commit], { history: [BELOW] }));
  expect((await readMerge(client(), REPOSITORY, 7)).commits).toEqual([
    { sha: "c1", message: "c1", people: [], unlinked: [] },
  ]);
});

test.each<readonly [why: string, ...pages: Page[]]>([
  ["tells fewer commits than it counts", { totalCount: 3 }],
  ["does not get on", { endCursor: "x", totalCount: 2 }, { endCursor: "x" }],
])("nothing is made of an answer that %s", async (_, ...pages) => {
  for (const page of pages)
    github()
      .post("/graphql")
      .reply(200, answer(TWO, { history: [BELOW] }, page));
  await expect(readMerge(client(), REPOSITORY, 7)).rejects.toThrow("the merge of #7");
});
