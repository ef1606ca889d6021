import type { PullRequestMemory, RepositoryRef } from "../../store/store.ts";
import type { Caches } from "./caches.ts";

/** Rules to read a pull request by in place of those that hold, to try them out. */
export interface Trying {
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
  readonly caches: Caches;
  readonly now: Date;
  /** The App's own id; `null` where no App is at work, which then finds no check run and no pusher. */
  readonly appId: number | null;
  readonly trying?: Trying;
}
