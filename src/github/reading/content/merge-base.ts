import { z } from "zod";
import type { CommitFacts } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/store.ts";
import type { Cache } from "../../client/cache.ts";
import { repositoryKey } from "../../client/cache-keys.ts";
import { type GitHubClient, parsed, rest } from "../../client/client.ts";

interface MergeBaseRequest {
  readonly repository: RepositoryRef;
  readonly headSha: string;
  readonly baseSha: string;
  readonly commits: readonly CommitFacts[];
  readonly caches: { readonly mergeBases: Cache<string> };
  readonly now: Date;
}

const compareAnswer = z.object({ merge_base_commit: z.object({ sha: z.string() }) });

/**
 * The commit that a merge goes out from. Where the commits of the pull request have one parent outside it, every way
 * from the head to the base leads through that one; else GitHub is asked.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function readMergeBase(client: GitHubClient, request: MergeBaseRequest): Promise<string> {
  const { repository, headSha, baseSha, commits, caches, now } = request;
  const told = onlyParentOutside(commits);
  if (told !== null) return told;
  const range = `${baseSha}...${headSha}`;
  const key = `${repositoryKey(repository)} ${range}`;
  const known = caches.mergeBases.get(key, now);
  if (known !== undefined) return known;
  const { owner, repo } = repository;
  const { data } = await rest(client, {
    route: "GET /repos/{owner}/{repo}/compare/{range}",
    parameters: { owner, repo, range, per_page: 1 },
    need: "Contents: read",
  });
  const { sha } = parsed(compareAnswer, data, "where the branches part").merge_base_commit;
  caches.mergeBases.set(key, sha, now);
  return sha;
}

/** `null` where there are several or none, or where not all parents are known. */
export function onlyParentOutside(commits: readonly Pick<CommitFacts, "sha" | "parents">[]): string | null {
  const own = new Set(commits.map(({ sha }) => sha));
  if (commits.some(({ parents }) => parents === undefined)) return null;
  const outside = new Set(commits.flatMap(({ parents = [] }) => parents.filter((sha) => !own.has(sha))));
  const [first, ...others] = outside;
  return others.length === 0 ? (first ?? null) : null;
}
