import { z } from "zod";
import type { CommitFacts } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import { repositoryKey } from "../../client/cache-keys.ts";
import { type GitHubClient, parsed, rest } from "../../client/client.ts";
import { NotFound, permissionMissing } from "../../client/errors.ts";

interface MergeBaseRequest {
  readonly repository: RepositoryRef;
  readonly headSha: string;
  readonly baseSha: string;
  readonly commits: readonly CommitFacts[];
  readonly caches: { readonly mergeBases: Cache<string> };
  readonly now: Date;
}

const NEED = "Contents: read";

/**
 * The commit that a merge goes out from. Where the commits of the pull request have one parent outside it, every way
 * from the head to the base leads through that one; else GitHub is asked.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function readMergeBase(client: GitHubClient, request: MergeBaseRequest): Promise<string> {
  const told = onlyParentOutside(request.commits) ?? (await readCommonAncestor(client, request));
  if (told === null) throw permissionMissing(NEED, "where the branches part is not told.");
  return told;
}

const compareAnswer = z.object({ merge_base_commit: z.object({ sha: z.string() }) });

/**
 * The newest commit that both hold; `null` where GitHub finds none: the histories have nothing to do with one another,
 * or one of the commits is gone.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function readCommonAncestor(
  client: GitHubClient,
  { repository, headSha, baseSha, caches, now }: Omit<MergeBaseRequest, "commits">,
): Promise<string | null> {
  const range = `${baseSha}...${headSha}`;
  const key = `${repositoryKey(repository)} ${range}`;
  const known = caches.mergeBases.get(key, now);
  if (known !== undefined) return known;
  const found = await compare(client, repository, range);
  if (found !== null) caches.mergeBases.set(key, found, now);
  return found;
}

async function compare(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  range: string,
): Promise<string | null> {
  try {
    const { data } = await rest(client, {
      route: "GET /repos/{owner}/{repo}/compare/{range}",
      parameters: { owner, repo, range, per_page: 1 },
      need: NEED,
      absent: "not-there",
    });
    return parsed(compareAnswer, data, "where the branches part").merge_base_commit.sha;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

/** `null` where there are several or none, or where not all parents are known. */
export function onlyParentOutside(commits: readonly Pick<CommitFacts, "sha" | "parents">[]): string | null {
  const own = new Set(commits.map(({ sha }) => sha));
  if (commits.some(({ parents }) => parents === undefined)) return null;
  const outside = new Set(commits.flatMap(({ parents = [] }) => parents.filter((sha) => !own.has(sha))));
  const [first, ...others] = outside;
  return others.length === 0 ? (first ?? null) : null;
}
