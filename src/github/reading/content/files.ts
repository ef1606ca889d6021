import { z } from "zod";
import type { ChangedFile } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import {
  type GitHubClient,
  namesNextPage,
  ODD_ANSWER_RETRY_MS,
  parsed,
  type RestCall,
  rest,
} from "../../client/client.ts";
import { GitHubProblem, NotFound } from "../../client/errors.ts";
import { LIMITS } from "../../client/limits.ts";

// REST and not GraphQL: GraphQL's files have no previous path, no content id and no patch.
export const filesAnswer = z.array(
  z.object({
    sha: z.string().nullable(),
    filename: z.string(),
    previous_filename: z.string().optional(),
    status: z.enum(["added", "removed", "modified", "renamed", "copied", "changed", "unchanged"]),
    additions: z.int(),
    deletions: z.int(),
    patch: z.string().optional(),
    contents_url: z.string().optional(),
  }),
);

export type FileAnswer = z.infer<typeof filesAnswer>[number];

/** The changed files of a pull request, to be read at a head. */
interface Change {
  readonly repository: RepositoryRef;
  readonly pull: number;
  readonly headSha: string;
}

/**
 * The changed files, where GitHub's answer is whole on one page and says by itself which head it is about; `null`
 * where it does not. GitHub names each file that still exists by an address at the head commit (seen 2026-11; for a
 * removed one it is at the base), so the answer needs no other one to say which head it was made for.
 * @throws {GitHubProblem} `evidence/files-repeated`, `evidence/rename-without-source` or
 *   `evidence/file-without-content`
 */
export async function readFilesOfHead(
  client: GitHubClient,
  { repository, pull, headSha }: Change,
): Promise<readonly ChangedFile[] | null> {
  const page = await firstPage(client, { repository, pull });
  if (page === null) return null;
  const { answers, full, next } = page;
  const existing = answers.filter(({ status }) => status !== "removed");
  const atHead = existing.every(({ contents_url: address }) => commitIn(address) === headSha);
  return !full && !next && existing.length > 0 && atHead ? distinct(answers.map(changedFile)) : null;
}

/** `null` where it is not there: whether the pull request is gone or may not be seen shows when it is read itself. */
async function firstPage(client: GitHubClient, change: Omit<Change, "headSha">): Promise<Page | null> {
  try {
    return await readPage(client, change, { page: 1, absent: "not-there" });
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

/** The commit that an address of a file's content names. */
function commitIn(address: string | undefined): string | null {
  return address !== undefined && URL.canParse(address) ? new URL(address).searchParams.get("ref") : null;
}

/**
 * All changed files: the list is read to its end, and has to be as long as the pull request counts.
 * @throws {GitHubProblem} also `evidence/too-many-files` and `evidence/files-incomplete`
 */
export async function readFiles(
  client: GitHubClient,
  change: Omit<Change, "headSha">,
  count: number,
): Promise<readonly ChangedFile[]> {
  if (count > LIMITS.pullRequestFiles) throw tooManyFiles(count);
  const files: ChangedFile[] = [];
  for (let page = 1; ; page += 1) {
    const { answers, full, next } = await readPage(client, change, { page, absent: "not-seen" });
    files.push(...answers.map(changedFile));
    if (files.length > LIMITS.pullRequestFiles) throw tooManyFiles(files.length);
    if (!next && (!full || files.length >= count)) break;
  }
  if (files.length !== count) throw filesIncomplete(count, files.length);
  return distinct(files);
}

interface Page {
  readonly answers: readonly FileAnswer[];
  /** As long as a page can be. */
  readonly full: boolean;
  /** Whether GitHub names a next one. */
  readonly next: boolean;
}

async function readPage(
  client: GitHubClient,
  { repository: { owner, repo }, pull }: Omit<Change, "headSha">,
  { page, absent }: { readonly page: number } & Required<Pick<RestCall, "absent">>,
): Promise<Page> {
  const { data, headers } = await rest(client, {
    route: "GET /repos/{owner}/{repo}/pulls/{pull}/files",
    parameters: { owner, repo, pull, per_page: LIMITS.pageSize, page },
    need: "Pull requests: read",
    absent,
  });
  const answers = parsed(filesAnswer, data, `the files of pull request #${pull}`);
  return { answers, full: answers.length >= LIMITS.pageSize, next: namesNextPage(headers) };
}

function distinct(files: readonly ChangedFile[]): readonly ChangedFile[] {
  const paths = new Set<string>();
  for (const { path } of files) {
    if (paths.has(path)) throw fileRepeated(path);
    paths.add(path);
  }
  return files;
}

export function changedFile(answer: FileAnswer): ChangedFile {
  const { status, filename: path, previous_filename: previousPath, patch } = answer;
  const moved = status === "renamed" || status === "copied";
  if (moved && (previousPath === undefined || previousPath === "")) throw renameWithoutSource(path);
  if (status !== "removed" && answer.sha === null) throw fileWithoutContent(path);
  return {
    path,
    ...(moved && previousPath !== undefined ? { previousPath } : {}),
    // GitHub's "unchanged" belongs to comparisons; should it ever come here, it is judged as a change.
    status: status === "unchanged" ? "changed" : status,
    contentId: status === "removed" ? null : answer.sha,
    additions: answer.additions,
    deletions: answer.deletions,
    ...(patch === undefined ? {} : { patch }),
  };
}

function tooManyFiles(count: number): GitHubProblem {
  return new GitHubProblem({
    code: "evidence/too-many-files",
    message: `This pull request changes ${count} files; GitHub shows ${LIMITS.pullRequestFiles} at most.`,
    remedy: `Split it into pull requests of at most ${LIMITS.pullRequestFiles} files each.`,
  });
}

function filesIncomplete(expected: number, given: number): GitHubProblem {
  return new GitHubProblem(
    {
      code: "evidence/files-incomplete",
      message: `GitHub counts ${expected} changed files on this pull request but gave ${given} of them.`,
      remedy: "Push again; if it stays, split the pull request so that it changes fewer files.",
    },
    ODD_ANSWER_RETRY_MS,
  );
}

function fileRepeated(path: string): GitHubProblem {
  return new GitHubProblem(
    {
      code: "evidence/files-repeated",
      message: `GitHub gave the changed file ${path} twice, so that another one may be missing.`,
      remedy: "Push again; if it stays, split the pull request so that it changes fewer files.",
    },
    ODD_ANSWER_RETRY_MS,
  );
}

function renameWithoutSource(path: string): GitHubProblem {
  return new GitHubProblem({
    code: "evidence/rename-without-source",
    message: `GitHub says that ${path} was moved or copied, but not from where.`,
    remedy: "Remove the old file in one commit and add the new one in another, in separate pull requests.",
  });
}

function fileWithoutContent(path: string): GitHubProblem {
  return new GitHubProblem(
    {
      code: "evidence/file-without-content",
      message: `GitHub does not say what ${path} holds, so nobody can be shown to have approved it.`,
      remedy: "Push again; if it stays, take the file out of this pull request.",
    },
    ODD_ANSWER_RETRY_MS,
  );
}
