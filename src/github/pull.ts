import { z } from "zod";
import type { RepositoryRef } from "../store/store.ts";
import { type GitHubClient, parsed, rest } from "./client.ts";

/** What only REST tells of a pull request (the stack), and what the other answers are held against. */
export interface PullFacts {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly headSha: string;
  readonly baseRef: string;
  readonly baseSha: string;
  /** The branch whose rules GitHub applies: the stack's base, or the base. */
  readonly governedRef: string;
  readonly changedFiles: number;
}

// GraphQL knows `PullRequest.stack` on github.com alone, and asking for it elsewhere makes the document invalid.
const pullAnswer = z.object({
  number: z.int(),
  state: z.enum(["open", "closed"]),
  head: z.object({ sha: z.string() }),
  base: z.object({ ref: z.string(), sha: z.string() }),
  stack: z.object({ base: z.object({ ref: z.string() }) }).nullish(),
  changed_files: z.int(),
});

/** @throws {NotFound | GitHubUnavailable | GitHubProblem} */
export async function readPull(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  pull: number,
): Promise<PullFacts> {
  const { data } = await rest(client, {
    route: "GET /repos/{owner}/{repo}/pulls/{pull}",
    parameters: { owner, repo, pull },
    need: "Pull requests: read",
    absent: "not-there",
  });
  const answer = parsed(pullAnswer, data, `pull request #${pull}`);
  return {
    number: answer.number,
    state: answer.state,
    headSha: answer.head.sha,
    baseRef: answer.base.ref,
    baseSha: answer.base.sha,
    governedRef: answer.stack?.base.ref ?? answer.base.ref,
    changedFiles: answer.changed_files,
  };
}
