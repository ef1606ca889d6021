import { z } from "zod";
import type { ChangedFile } from "../signoff/snapshot.ts";
import type { RepositoryRef } from "../store/store.ts";
import { type GitHubClient, parsed, rest } from "./client.ts";
import { GitHubProblem } from "./errors.ts";
import { LIMITS } from "./limits.ts";
import type { PullFacts } from "./pull.ts";

// REST and not GraphQL: GraphQL's files have no previous path, no content id and no patch.
const filesAnswer = z.array(
  z.object({
    sha: z.string().nullable(),
    filename: z.string(),
    previous_filename: z.string().optional(),
    status: z.enum(["added", "removed", "modified", "renamed", "copied", "changed", "unchanged"]),
    additions: z.int(),
    deletions: z.int(),
    patch: z.string().optional(),
  }),
);

type FileAnswer = z.infer<typeof filesAnswer>[number];

/**
 * All changed files.
 * @throws {GitHubProblem} `evidence/too-many-files`, `evidence/files-incomplete`, `evidence/files-repeated`,
 *   `evidence/rename-without-source` or `evidence/file-without-content`
 */
export async function readFiles(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  pull: PullFacts,
): Promise<readonly ChangedFile[]> {
  if (pull.changedFiles > LIMITS.pullRequestFiles) throw tooManyFiles(pull.changedFiles);
  const files: ChangedFile[] = [];
  for (let page = 1; (page - 1) * LIMITS.pageSize < pull.changedFiles; page += 1) {
    const { data } = await rest(client, {
      route: "GET /repos/{owner}/{repo}/pulls/{pull}/files",
      parameters: { owner, repo, pull: pull.number, per_page: LIMITS.pageSize, page },
      need: "Pull requests: read",
    });
    files.push(...parsed(filesAnswer, data, `the files of pull request #${pull.number}`).map(changedFile));
  }
  if (files.length !== pull.changedFiles) throw filesIncomplete(pull.changedFiles, files.length);
  const paths = new Set<string>();
  for (const { path } of files) {
    if (paths.has(path)) throw fileRepeated(path);
    paths.add(path);
  }
  return files;
}

function changedFile(answer: FileAnswer): ChangedFile {
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
  return new GitHubProblem({
    code: "evidence/files-incomplete",
    message: `GitHub counts ${expected} changed files on this pull request but gave ${given} of them.`,
    remedy: "Push again; if it stays, split the pull request so that it changes fewer files.",
  });
}

function fileRepeated(path: string): GitHubProblem {
  return new GitHubProblem({
    code: "evidence/files-repeated",
    message: `GitHub gave the changed file ${path} twice, so that another one may be missing.`,
    remedy: "Push again; if it stays, split the pull request so that it changes fewer files.",
  });
}

function renameWithoutSource(path: string): GitHubProblem {
  return new GitHubProblem({
    code: "evidence/rename-without-source",
    message: `GitHub says that ${path} was moved or copied, but not from where.`,
    remedy: "Remove the old file in one commit and add the new one in another, in separate pull requests.",
  });
}

function fileWithoutContent(path: string): GitHubProblem {
  return new GitHubProblem({
    code: "evidence/file-without-content",
    message: `GitHub does not say what ${path} holds, so nobody can be shown to have approved it.`,
    remedy: "Push again; if it stays, take the file out of this pull request.",
  });
}
