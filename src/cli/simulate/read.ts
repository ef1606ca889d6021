import type { GitHubClient } from "../../github/client/client.ts";
import { GitHubProblem, NotFound } from "../../github/client/errors.ts";
import type { SnapshotRequest } from "../../github/reading/read-snapshot.ts";
import { createCaches, readPull, readSnapshot, type WhatIf } from "../../github/reading/read-snapshot.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import { Failure } from "../failure.ts";
import { failureAbout } from "../github/failure.ts";

export interface PullName {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  /** Where the address that was pasted lies. */
  readonly host?: string;
}

export interface Reading {
  readonly pull: PullName;
  readonly whatIf: WhatIf;
  readonly known: Known;
  readonly now: Date;
}

/** What the App knows from earlier. */
export type Known = Pick<SnapshotRequest, "memory" | "recall"> &
  Required<Pick<SnapshotRequest, "recallSameContent">>;

export const NOTHING_KNOWN: Known = {
  memory: {
    approvals: [],
    evidence: [],
    refusals: [],
    accounts: [],
    participants: [],
    headSha: null,
    headSeenAt: null,
  },
  recall: async () => [],
  recallSameContent: async () => [],
};

/** No App is at work here, so no installation is either; it only keeps caches apart. */
const NO_INSTALLATION = 0;
const NO_REPOSITORY = 0;

const READS = 3;

/** An open pull request at its head. Throws a `Failure` when it cannot be read whole. */
export async function readPullRequest(client: GitHubClient, reading: Reading): Promise<Snapshot> {
  const { owner, repo, number } = reading.pull;
  const repository = { owner, repo, installationId: NO_INSTALLATION, repositoryId: NO_REPOSITORY };
  for (let read = 1; read <= READS; read += 1) {
    const pull = await readPull(client, repository, number);
    if ("status" in pull) throw new Failure(`${nameOf(reading.pull)} is closed`);
    const { headSha } = pull;
    const result = await readSnapshot(client, {
      repository,
      pull: number,
      headSha,
      ...reading.known,
      caches: createCaches(),
      now: reading.now,
      notBefore: 0,
      appId: null,
      whatIf: reading.whatIf,
    });
    switch (result.status) {
      case "complete":
        return result.snapshot;
      case "refused":
        throw new GitHubProblem(result.problem);
      case "closed":
      case "merged":
        throw new Failure(`${nameOf(reading.pull)} is closed`);
      case "gone":
        throw new NotFound();
      case "moved":
        break;
    }
  }
  throw new Failure(`${nameOf(reading.pull)} is being pushed to; try again`);
}

/** What GitHub's answers mean to whoever ran the command; other errors as they are. */
export function asFailure(error: unknown, pull: PullName): unknown {
  return failureAbout(error, nameOf(pull));
}

function nameOf({ owner, repo, number }: PullName): string {
  return `${owner}/${repo}#${number}`;
}
