import { z } from "zod";
import type { ChangedFile } from "../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import { type GitHubClient, parsed, rest } from "../client/client.ts";

/** What a pull request was when its files were read, by which a later answer is held against them. */
export interface PullFacts {
  readonly headSha: string;
  readonly baseRef: string;
  readonly baseSha: string;
  /** The branch below the stack it belongs to, `null` outside a stack. */
  readonly stackBase: string | null;
  readonly changedFiles: number;
}

/** A pull request that is over. */
export interface ClosedPull {
  readonly status: "closed";
  /** The commit that it became on its base; left out where it was not merged. */
  readonly mergedAs?: string;
}

/** The files of a pull request at a head, with what it was when they were read. */
export interface ReadChange {
  readonly files: readonly ChangedFile[];
  /** `null` where the files' own answer names the head: it says nothing of the base. */
  readonly facts: PullFacts | null;
  /** Where a merge of it goes out from, by its commits; left out where they do not tell, or were not read. */
  readonly mergeBase?: string;
}

const pullAnswer = z.object({
  state: z.enum(["open", "closed"]),
  merged_at: z.string().nullish(),
  merge_commit_sha: z.string().nullish(),
  head: z.object({ sha: z.string() }),
  base: z.object({ ref: z.string(), sha: z.string() }),
  stack: z.object({ base: z.object({ ref: z.string() }) }).nullish(),
  changed_files: z.int(),
});

/**
 * The pull request by REST's word.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem}
 */
export async function readPull(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  pull: number,
): Promise<PullFacts | ClosedPull> {
  const { data } = await rest(client, {
    route: "GET /repos/{owner}/{repo}/pulls/{pull}",
    parameters: { owner, repo, pull },
    need: "Pull requests: read",
    absent: "not-there",
  });
  const answer = parsed(pullAnswer, data, `pull request #${pull}`);
  if (answer.state === "closed") return closedAs(answer.merged_at == null ? null : answer.merge_commit_sha);
  return {
    headSha: answer.head.sha,
    baseRef: answer.base.ref,
    baseSha: answer.base.sha,
    stackBase: answer.stack?.base.ref ?? null,
    changedFiles: answer.changed_files,
  };
}

export function closedAs(mergedAs: string | null | undefined): ClosedPull {
  return { status: "closed", ...(mergedAs != null && { mergedAs }) };
}
