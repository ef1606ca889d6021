import { z } from "zod";
import { type GitHubClient, namesNextPage, parsed, rest } from "../client/client.ts";

export interface MergesAsked {
  readonly owner: string;
  readonly repo: string;
  /** The branch that they were merged into. */
  readonly base: string;
  /** Milliseconds; `until` is the first moment after. */
  readonly from: number;
  readonly until: number;
}

const closedPulls = z.array(
  z.object({ number: z.int(), merged_at: z.iso.datetime().nullable(), updated_at: z.iso.datetime() }),
);

const PAGE_SIZE = 100;

/**
 * The numbers of all pull requests that were merged into a branch in that time, in ascending order. GitHub has no list of
 * merges: this reads the closed ones, those first that changed last, until none can have been merged in the period.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem}
 */
export async function listMerges(client: GitHubClient, asked: MergesAsked): Promise<readonly number[]> {
  const { owner, repo, base, from, until } = asked;
  const found = new Set<number>();
  for (let page = 1; ; page += 1) {
    const { headers, data } = await rest(client, {
      route: "GET /repos/{owner}/{repo}/pulls",
      parameters: {
        ...{ owner, repo, base, page, per_page: PAGE_SIZE },
        ...{ state: "closed", sort: "updated", direction: "desc" },
      },
      need: "Pull requests: read",
      absent: "not-there",
    });
    const pulls = parsed(closedPulls, data, "the closed pull requests");
    for (const { number, merged_at: mergedAt } of pulls) {
      const at = mergedAt === null ? Number.NaN : Date.parse(mergedAt);
      if (at >= from && at < until) found.add(number);
    }
    const oldest = pulls.at(-1);
    const isOver = oldest === undefined || Date.parse(oldest.updated_at) < from;
    if (isOver || !namesNextPage(headers)) return [...found].toSorted((one, other) => one - other);
  }
}
