import { z } from "zod";
import type { RepositoryRef } from "../../../store/repository.ts";
import { pullKey } from "../../client/cache-keys.ts";
import { type GitHubClient, namesNextPage, parsed, rest } from "../../client/client.ts";
import { GitHubProblem, NotFound } from "../../client/errors.ts";
import { LIMITS } from "../../client/limits.ts";
import type { Caches } from "../caches.ts";

const issuesAnswer = z.array(
  z.object({
    number: z.int(),
    performed_via_github_app: z.object({ id: z.int(), slug: z.string() }).nullish(),
  }),
);

/** Issues stand between the pull requests. Our own limit: of those further back, each is asked by itself. */
const MOST_PAGES = 5;

interface OpenersRequest {
  readonly repository: RepositoryRef;
  readonly caches: Pick<Caches, "openingApps">;
  readonly now: Date;
}

/**
 * Keeps through which app each pull request was opened, a hundred at once. What a list does not tell is asked of each
 * pull request when it is read, and so is all of it where there is no list to be had.
 * @throws {GitHubUnavailable}
 */
export async function keepOpeners(
  client: GitHubClient,
  { repository, caches, now }: OpenersRequest,
  pulls: readonly { readonly number: number }[],
): Promise<void> {
  const oldest = Math.min(...pulls.map(({ number }) => number));
  const { owner, repo } = repository;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await rest(client, {
      route: "GET /repos/{owner}/{repo}/issues",
      parameters: { owner, repo, state: "closed", per_page: LIMITS.pageSize, page },
      need: "Issues: read",
      absent: "not-there",
    }).catch(noList);
    if (answer === null) return;
    const issues = parsed(issuesAnswer, answer.data, "the closed issues");
    for (const { number, performed_via_github_app: app } of issues)
      caches.openingApps.set(pullKey(repository, number), app ?? null, now);
    if (!namesNextPage(answer.headers) || issues.some(({ number }) => number <= oldest)) return;
  }
}

function noList(error: unknown): null {
  if (error instanceof NotFound || error instanceof GitHubProblem) return null;
  throw error;
}
