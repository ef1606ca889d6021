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
  readonly people?: readonly number[];
}

const written = ({ oid, message = oid, ...rest }: Written) => ({ ...WROTE, ...rest, oid, message });

const ofPull = ({ parents = 1, people = [], ...rest }: Written) => ({
  commit: {
    ...written(rest),
    parents: { totalCount: parents },
    committer: { user: null },
    authors: { nodes: people.map((id) => ({ user: { databaseId: id, login: `u${id}` } })) },
  },
});

const answer = (
  commits: readonly Written[],
  { parents = 1, history }: { readonly parents?: number; readonly history: readonly Written[] },
  endCursor: string | null = null,
) => ({
  data: {
    repository: {
      pullRequest: {
        mergeCommit: {
          oid: history[0]?.oid,
          parents: { totalCount: parents },
          history: { nodes: history.map(written) },
        },
        commits: {
          totalCount: commits.length,
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
    .reply(200, answer([{ oid: "c1", people: [1, 2] }], merge, "x"));
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
    },
    { sha: "c2", message: "c2", people: [] },
  ]);
});
