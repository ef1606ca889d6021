import { z } from "zod";
import type { ChangedFile } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { type GitHubClient, namesNextPage, parsed, rest } from "../../client/client.ts";
import { GitHubProblem, NotFound } from "../../client/errors.ts";
import { LIMITS } from "../../client/limits.ts";
import { changedFile, type FileAnswer, filesAnswer } from "../content/files.ts";

/** What a branch gained when it came from one commit to another, and what it lost. */
export interface Compared {
  /** The commits it gained, oldest first. */
  readonly commits: readonly string[];
  readonly files: readonly ChangedFile[];
  /** The newest commit that both hold. */
  readonly mergeBase: string;
  /** It does not hold everything that it held before. */
  readonly lost: boolean;
}

/** From one commit to another. */
export interface Span {
  readonly before: string;
  readonly after: string;
  /** Whether the branch itself held the first one: only then it can have lost something. */
  readonly wasThere: boolean;
}

const compareAnswer = z.object({
  behind_by: z.int(),
  total_commits: z.int(),
  merge_base_commit: z.object({ sha: z.string() }),
  commits: z.array(z.object({ sha: z.string() })),
  files: filesAnswer.optional(),
});

/**
 * @throws {GitHubProblem} `evidence/range-too-long`, `evidence/range-unknown`
 * @throws {GitHubUnavailable}
 */
export async function readCompared(
  client: GitHubClient,
  repository: RepositoryRef,
  { before, after, wasThere }: Span,
): Promise<Compared> {
  const gained = await compare(client, repository, `${before}...${after}`);
  const lost = wasThere && gained.behind > 0;
  const dropped = lost ? await compare(client, repository, `${after}...${before}`) : null;
  const files = gained.files.map(changedFile);
  const paths = new Set(files.map(({ path }) => path));
  const alsoLost = (dropped?.files ?? []).map(undone).filter(({ path }) => !paths.has(path));
  return {
    commits: gained.commits,
    files: [...files, ...alsoLost],
    mergeBase: gained.mergeBase,
    lost,
  };
}

interface Answer {
  readonly commits: readonly string[];
  readonly files: readonly FileAnswer[];
  readonly mergeBase: string;
  readonly behind: number;
}

/** Commits come in pages, and files with the first one. */
async function compare(client: GitHubClient, { owner, repo }: RepositoryRef, range: string): Promise<Answer> {
  const commits: string[] = [];
  let first: z.infer<typeof compareAnswer> | null = null;
  for (let page = 1; ; page += 1) {
    const { data, headers } = await rest(client, {
      route: "GET /repos/{owner}/{repo}/compare/{range}",
      parameters: { owner, repo, range, per_page: LIMITS.pageSize, page },
      need: "Contents: read",
      absent: "not-there",
    }).catch((error: unknown) => {
      throw error instanceof NotFound ? rangeUnknown(range) : error;
    });
    const answer = parsed(compareAnswer, data, "what a branch gained");
    first ??= answer;
    commits.push(...answer.commits.map(({ sha }) => sha));
    if (first.total_commits > LIMITS.comparedCommits) throw tooLong(range, "commits", LIMITS.comparedCommits);
    if (!namesNextPage(headers) || answer.commits.length === 0) break;
  }
  const files = first.files ?? [];
  if (files.length >= LIMITS.comparedFiles) throw tooLong(range, "files", LIMITS.comparedFiles - 1);
  if (new Set(commits).size !== first.total_commits) throw rangeUnknown(range);
  return {
    commits,
    files,
    mergeBase: first.merge_base_commit.sha,
    behind: first.behind_by,
  };
}

/** A change that is taken back. Of contents the ids before are known alone, and no texts. */
function undone({
  filename,
  previous_filename: from,
  status,
  sha,
  additions,
  deletions,
}: FileAnswer): ChangedFile {
  const back = { additions: deletions, deletions: additions, unread: "no-diff" as const };
  if (status === "added" || status === "copied")
    return { ...back, path: filename, status: "removed", contentId: null };
  const contentId = sha ?? filename;
  if (status === "removed") return { ...back, path: filename, status: "added", contentId };
  if (from === undefined) return { ...back, path: filename, status: "modified", contentId };
  return { ...back, path: from, previousPath: filename, status: "renamed", contentId };
}

function tooLong(range: string, what: string, most: number): GitHubProblem {
  return new GitHubProblem({
    code: "evidence/range-too-long",
    message: `What came into the branch by ${short(range)} has more than ${most} ${what}.`,
    remedy: "Look through it yourself: so much is not judged at once.",
  });
}

export function rangeUnknown(range: string): GitHubProblem {
  return new GitHubProblem({
    code: "evidence/range-unknown",
    message: `GitHub does not tell what came into the branch by ${short(range)}.`,
    remedy: "Look through it yourself.",
  });
}

function short(range: string): string {
  return range
    .split("...")
    .map((sha) => sha.slice(0, 7))
    .join("...");
}
