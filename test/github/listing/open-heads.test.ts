import { describe, expect, test } from "@jest/globals";
import { listOpenHeads } from "../../../src/github/listing/open-heads.ts";
import { nock } from "../../nock.ts";
import { REPOSITORY } from "../reading/reading.ts";
import { client } from "../served.ts";
import { sha } from "../stubbed-github.ts";

const github = () => nock("https://api.github.com");

const UPDATED = "2026-03-01T10:00:00Z";
const RED = { context: "countersign", state: "FAILURE", description: "Needs @olga", createdAt: UPDATED };

interface Node {
  readonly number: number;
  /** The last commit, and its statuses. */
  readonly last?: { readonly oid: string; readonly contexts: readonly object[] | null };
}

function page(nodes: readonly Node[], endCursor: string | null, isArchived = false) {
  return {
    data: {
      repository: {
        isArchived,
        pullRequests: {
          totalCount: 3,
          pageInfo: { hasNextPage: endCursor !== null, endCursor },
          nodes: nodes.map(({ number, last }) => ({
            ...{ number, headRefOid: sha(number), updatedAt: UPDATED },
            commits: {
              nodes:
                last === undefined
                  ? []
                  : [{ commit: { oid: last.oid, status: last.contexts && { contexts: last.contexts } } }],
            },
          })),
        },
      },
    },
  };
}

describe("heads of open pull requests", () => {
  test("of all pages, with the statuses of each head", async () => {
    const first = [
      { number: 1, last: { oid: sha(1), contexts: [RED] } },
      { number: 2, last: { oid: sha(2), contexts: null } },
    ];
    // The list of commits is late: what it says is of another commit.
    const second = [{ number: 3, last: { oid: sha(9), contexts: [RED] } }, { number: 4 }];
    github()
      .post("/graphql", /"after":null/)
      .reply(200, page(first, "x"));
    github()
      .post("/graphql", /"after":"x"/)
      .reply(200, page(second, null));

    expect(await listOpenHeads(client(), REPOSITORY)).toEqual(
      [1, 2, 3, 4].map((number) => ({
        ...{ number, headSha: sha(number), updatedAt: UPDATED, statuses: number === 1 ? [RED] : [] },
      })),
    );
  });

  test("none of an archived repository", async () => {
    github()
      .post("/graphql")
      .reply(200, page([{ number: 1 }], "x", true));
    expect(await listOpenHeads(client(), REPOSITORY)).toEqual([]);
  });

  test.each([
    { why: "a list whose pages loop", answer: page([{ number: 1 }], "x"), says: "the open pull requests" },
    { why: "no repository", answer: { data: { repository: null } }, says: "is gone" },
    {
      why: "a state that is not described",
      answer: page([{ number: 1, last: { oid: sha(1), contexts: [{ ...RED, state: "GREEN" }] } }], null),
      says: "does not match its documentation",
    },
  ])("$why is refused", async ({ answer, says }) => {
    github().post("/graphql").times(2).reply(200, answer);
    await expect(listOpenHeads(client(), REPOSITORY)).rejects.toThrow(says);
    nock.cleanAll();
  });
});
