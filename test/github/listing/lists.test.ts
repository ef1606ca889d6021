import { describe, expect, test } from "@jest/globals";
import { listPulls, pullsWithHead } from "../../../src/github/listing/list-pulls.ts";
import { listRepositories } from "../../../src/github/listing/list-repositories.ts";
import { nock } from "../../nock.ts";
import { REPOSITORY } from "../reading/reading.ts";
import { client } from "../served.ts";
import { HEAD, sha } from "../stubbed-github.ts";

const github = () => nock("https://api.github.com");

describe("open pull requests", () => {
  const updatedAt = "2026-03-01T10:00:00Z";
  const page = (numbers: number[], endCursor: string | null, isArchived = false) => ({
    data: {
      repository: {
        isArchived,
        defaultBranchRef: { name: "main" },
        pullRequests: {
          totalCount: 3,
          pageInfo: { hasNextPage: endCursor !== null, endCursor },
          nodes: numbers.map((number) => ({
            number,
            headRefOid: sha(number),
            baseRefName: "main",
            updatedAt,
          })),
        },
      },
    },
  });

  test("of all pages", async () => {
    github()
      .post("/graphql", /"after":null/)
      .reply(200, page([1, 2], "x"));
    github()
      .post("/graphql", /"after":"x"/)
      .reply(200, page([3], null));
    expect(await listPulls(client(), REPOSITORY)).toEqual({
      open: [1, 2, 3].map((number) => ({ number, headSha: sha(number), baseRef: "main", updatedAt })),
      merged: [],
    });
  });

  test("of an archived repository are ignored, because they cannot be merged", async () => {
    github()
      .post("/graphql")
      .reply(200, page([1, 2], "x", true));
    expect(await listPulls(client(), REPOSITORY)).toEqual({ open: [], merged: [] });
  });

  test("rejects a list whose pages loop", async () => {
    github()
      .post("/graphql")
      .times(2)
      .reply(200, page([1], "x"));
    await expect(listPulls(client(), REPOSITORY)).rejects.toThrow("the open pull requests");
  });

  test("does not treat a missing repository as one without pull requests", async () => {
    github()
      .post("/graphql")
      .reply(200, { data: { repository: null } });
    await expect(listPulls(client(), REPOSITORY)).rejects.toMatchObject({ name: "NotFound" });
  });
});

test("C05: the open pull requests on a head, on every page", async () => {
  const path = `/repos/acme/shop/commits/${HEAD}/pulls`;
  const pull = (number: number, state: string, head: string) => ({
    number,
    state,
    head: { sha: head },
    base: { ref: "main" },
  });
  github()
    .get(path)
    .query({ per_page: 100, page: 1 })
    .reply(200, [pull(1, "open", HEAD), pull(2, "closed", HEAD)], {
      link: `<https://api.github.com${path}?page=2>; rel="next"`,
    });
  github()
    .get(path)
    .query({ per_page: 100, page: 2 })
    .reply(200, [pull(3, "open", sha("0ther")), pull(4, "open", HEAD)]);
  expect((await pullsWithHead(client(), REPOSITORY, HEAD)).map(({ number }) => number)).toEqual([1, 4]);
});

test("the installation's repositories, archived ones left out", async () => {
  const repository = (name: string, archived = false) => ({
    id: 70,
    node_id: "R_70",
    name,
    archived,
    owner: { login: "acme" },
    created_at: "2025-01-01T00:00:00Z",
  });
  github()
    .get("/installation/repositories")
    .query(true)
    .reply(200, { repositories: [repository("shop"), repository("old", true)] });
  expect(await listRepositories(client(), 5)).toEqual([
    {
      ...{ installationId: 5, repositoryId: 70, owner: "acme", repo: "shop" },
      ...{ nodeId: "R_70", createdAt: "2025-01-01T00:00:00Z" },
    },
  ]);
});
