import type { PasskeyFacts } from "../../signoff/passkey-facts.ts";
import type { CommitRecord } from "../../signoff/snapshot.ts";
import type { PullRequestMemory } from "../../store/memory.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Caches } from "./caches.ts";
import type { Beside } from "./time-facts.ts";

/** Rules to read a pull request by in place of those that hold, to try them out. */
export interface WhatIf {
  /** The text of a config in place of the default branch's. */
  readonly config?: { readonly path: string; readonly text: string };
  /** The branch whose rules are applied, in place of the base of the pull request or of its stack. */
  readonly base?: string;
}

export interface SnapshotRequest {
  readonly repository: RepositoryRef;
  readonly pull: number;
  /** The commit a verdict is wanted for. */
  readonly headSha: string;
  readonly memory: PullRequestMemory;
  /** What is known of these commits from everywhere they were seen. */
  readonly recall: (shas: readonly string[]) => Promise<readonly CommitRecord[]>;
  /** What is known of commits whose heads made the same change; see `Snapshot.contentDigest`. */
  readonly recallSameContent?: (contentDigest: string) => Promise<readonly CommitRecord[]>;
  /** What is known of the changes beside it; left out where nobody knows. */
  readonly beside?: Beside;
  /** What is known of passkeys, asked for where the policy wants them; left out where nobody knows. */
  readonly passkeys?: () => Promise<PasskeyFacts>;
  readonly caches: Caches;
  readonly now: Date;
  /** Answers to questions from before this moment (milliseconds) are neither used nor kept. */
  readonly notBefore: number;
  /** The App's own id; `null` where no App is at work, which then finds no check run and no pusher. */
  readonly appId: number | null;
  readonly whatIf?: WhatIf;
  /** The commit that its base was at before it was merged: by the rules of then it is judged. */
  readonly rulesBefore?: string;
}
