import { expect, test } from "@jest/globals";
import { latestMerged } from "../../../../src/github/reading/past/merged-pulls.ts";

const REPOSITORY = { owner: "acme", repo: "shop", repositoryId: 1, installationId: 0 };
const DAY = 86_400_000;

function daysAgo(days: number): string {
  return new Date(Date.parse("2026-11-30T00:00:00Z") - days * DAY).toISOString();
}

interface Merged {
  readonly number: number;
  /** Days ago. */
  readonly merged: number;
  readonly updated: number;
}

/** GitHub's list, in its order: the last updated first. */
function listing(pulls: readonly Merged[]) {
  const sorted = pulls.toSorted((a, b) => a.updated - b.updated);
  let pages = 0;
  const graphql = async (_: string, { first, after }: Readonly<Record<string, unknown>> = {}) => {
    pages += 1;
    const start = Number(after ?? 0);
    const end = start + Number(first);
    const nodes = sorted.slice(start, end).map(({ number, merged, updated }) => ({
      number,
      headRefOid: "a".repeat(40),
      baseRefName: "main",
      baseRefOid: "b".repeat(40),
      changedFiles: 1,
      createdAt: daysAgo(merged + 1),
      updatedAt: daysAgo(updated),
      mergedAt: daysAgo(merged),
      mergedBy: null,
      mergeCommit: null,
      commits: { totalCount: 1, nodes: [] },
    }));
    const pageInfo = { hasNextPage: end < sorted.length, endCursor: String(end) };
    const pullRequests = { totalCount: sorted.length, pageInfo, nodes };
    return { repository: { pullRequests } };
  };
  const request = async () => {
    throw new Error("nothing else is asked");
  };
  return { client: { graphql, request }, pages: () => pages };
}

/** Merged long ago, and touched by somebody since, the one later than the other. */
function touched(count: number): readonly Merged[] {
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    merged: 1000 + index,
    updated: 1 + index / count,
  }));
}

const LATEST: Merged = { number: 5000, merged: 3, updated: 3 };

test("the latest merged, behind others that were touched since", async () => {
  const { client, pages } = listing([...touched(120), LATEST, { number: 4000, merged: 9, updated: 9 }]);

  const { pulls, complete } = await latestMerged(client, REPOSITORY, 1);

  expect({ numbers: pulls.map(({ number }) => number), complete }).toEqual({
    numbers: [5000],
    complete: true,
  });
  expect(pages()).toBe(3);
});

test("fewer than were asked for", async () => {
  const { client } = listing(touched(7));

  expect(await latestMerged(client, REPOSITORY, 10)).toMatchObject({ pulls: { length: 7 }, complete: true });
});

test("behind so many that were touched since that not all are looked through: it is said", async () => {
  const { client, pages } = listing([...touched(1000), LATEST]);

  const { pulls, complete } = await latestMerged(client, REPOSITORY, 1);

  expect(pulls).toHaveLength(1);
  expect(complete).toBe(false);
  expect(pages()).toBe(20);
});
