import { expect, test } from "@jest/globals";
import type { GitHubClient } from "../../../../src/github/client/client.ts";
import { createCaches } from "../../../../src/github/reading/caches.ts";
import { type CommentsAnswer, readCommanders } from "../../../../src/github/reading/people/comments.ts";

const PAGE = 50;
const START = Date.parse("2026-11-20T00:00:00Z");
const repository = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };

interface Said {
  readonly by: string;
  readonly minute: number;
  readonly body?: string;
}

const node = ({ by, minute, body = "hello" }: Said): CommentsAnswer["nodes"][number] => {
  const at = new Date(START + minute * 60_000).toISOString();
  const author = { __typename: "User" as const, login: by, databaseId: [...by].length };
  return { body, createdAt: at, updatedAt: at, author, editor: null };
};

/** The comments of a pull request, the latest first, and how often they were asked for beyond the first page. */
function conversation(said: readonly Said[]) {
  const all = said.toSorted((a, b) => b.minute - a.minute).map(node);
  const pageAt = (start: number): CommentsAnswer => ({
    totalCount: all.length,
    pageInfo: { hasNextPage: start + PAGE < all.length, endCursor: String(start + PAGE) },
    nodes: all.slice(start, start + PAGE),
  });
  const asked: string[] = [];
  const graphql = async (_: string, { after }: { readonly after: string }) => {
    asked.push(after);
    return { repository: { on: { comments: pageAt(Number(after)) } } };
  };
  return { client: { graphql } as unknown as GitHubClient, latest: pageAt(0), asked };
}

const hundreds = Array.from({ length: 230 }, (_, minute): Said => ({ by: "eve", minute }));
const command = { body: "@claude fix this" };

test("are read to the end once, and then to where they were read before", async () => {
  const request = { repository, pull: 7, caches: createCaches(), now: new Date(START) };
  const first = conversation([{ by: "wes", minute: 0, ...command }, ...hundreds]);
  const logins = async ({ client, latest }: ReturnType<typeof conversation>) =>
    (await readCommanders(client, request, latest)).map(({ account }) => account.login);

  expect(await logins(first)).toEqual(["wes"]);
  expect(first.asked).toHaveLength(4);

  const second = conversation([...hundreds, { by: "olga", minute: 240, ...command }]);
  expect(await logins(second)).toEqual(["wes", "olga"]);
  expect(second.asked).toEqual([]);
});

test("that come late, or are edited, are read with those that came since", async () => {
  const request = { repository, pull: 7, caches: createCaches(), now: new Date(START) };
  const first = conversation(hundreds);
  await readCommanders(first.client, request, first.latest);

  const many = Array.from({ length: 70 }, (_, index): Said => ({ by: "eve", minute: 230 + index }));
  const second = conversation([...hundreds, { by: "olga", minute: 229, ...command }, ...many]);
  const found = await readCommanders(second.client, request, second.latest);
  expect(found.map(({ account }) => account.login)).toEqual(["olga"]);
  expect(second.asked).toHaveLength(1);
});
