import type { ExistingCheckRun } from "../github/head.ts";
import type { LabelChange, PullRef } from "../github/labels.ts";
import type { OpenPull } from "../github/list-pulls.ts";
import type { CheckTarget } from "../github/publish.ts";
import type { ReadResult } from "../github/read-snapshot.ts";
import type { NotAsked, Reviewers } from "../github/review-requests.ts";
import type { Explanation } from "../signoff/explain.ts";
import type { Conclusion } from "../signoff/verdict.ts";
import type { PullRequestMemory, RepositoryRef } from "../store/store.ts";

interface Reading {
  readonly pull: number;
  readonly headSha: string;
  readonly memory: PullRequestMemory;
}

export interface Publication {
  readonly conclusion: Conclusion;
  readonly explanation: Explanation;
}

/** All that the worker asks of GitHub. Errors are those of `github/errors.ts`. */
export interface GitHubPort {
  readonly read: (repository: RepositoryRef, reading: Reading) => Promise<ReadResult>;
  readonly publish: (target: CheckTarget, publication: Publication) => Promise<ExistingCheckRun>;
  /** Blocks a head commit whose published verdict may no longer hold. */
  readonly withdraw: (repository: RepositoryRef, checkRunId: number, reason: string) => Promise<void>;
  readonly applyLabels: (pull: PullRef, change: LabelChange) => Promise<void>;
  readonly requestReviews: (
    pull: PullRef,
    reviewers: { readonly wanted: Reviewers; readonly current: Reviewers },
  ) => Promise<readonly NotAsked[]>;
  readonly pullsWithHead: (repository: RepositoryRef, headSha: string) => Promise<readonly OpenPull[]>;
  readonly openPulls: (repository: RepositoryRef) => Promise<readonly OpenPull[]>;
  readonly repositories: (installationId: number) => Promise<readonly RepositoryRef[]>;
  /** Forgets what is remembered of teams and permissions. */
  readonly forgetAuthority: (installationId: number) => void;
}
