import type { Entry } from "../ledger/entry.ts";
import type { FollowUpState } from "./follow-up.ts";
import type { RepositoryRef, SeenRepository } from "./repository.ts";

/** The verdict on an open pull request, as it was published last. */
export interface NewShownVerdict {
  readonly pull: number;
  readonly headSha: string;
  readonly conclusion: string;
  /** What lists show of it, as JSON. */
  readonly summary: string;
  /** All of it, as JSON. */
  readonly record: string;
}

/** What a list shows. */
export interface ListedVerdict extends Omit<NewShownVerdict, "record"> {
  /** When it was judged last, and since when it has had this conclusion. Milliseconds. */
  readonly judgedAt: number;
  readonly since: number;
  /** A check on its head is doubted or withdrawn, or another head was heard of since: it is to be judged again. */
  readonly inDoubt: boolean;
}

type ShownVerdict = ListedVerdict & Pick<NewShownVerdict, "record">;

export interface PageSession {
  readonly account: number;
  /** As they were called when they logged in. */
  readonly login: string;
}

export interface BegunSession extends PageSession {
  /** Milliseconds. */
  readonly begunAt: number;
}

/** What the pages show and whom they know. Nothing is kept of it where there are no pages. */
export interface PageMemory {
  keepShown(repository: RepositoryRef, verdict: NewShownVerdict, now: Date): Promise<void>;
  shown(repository: RepositoryRef, pull: number): Promise<ShownVerdict | null>;
  /** Of all pull requests that are open as far as is known, the oldest conclusion first, and no more than `most`. */
  allShown(repository: RepositoryRef, most: number): Promise<readonly ListedVerdict[]>;
  /** The repositories with something to show, the one that was judged last first, and no more than `most`. */
  shownRepositories(most: number): Promise<readonly SeenRepository[]>;
  /** The repository of that name, in any case; `null` for one that was never seen. */
  repositoryCalled(owner: string, repo: string): Promise<SeenRepository | null>;
  /** The last entries on a pull request, newest first. */
  ledgerOf(repository: RepositoryRef, pull: number, most: number): Promise<readonly Entry[]>;
  /** The last entries that are no everyday ones: overrides, freezes, follow-ups, changes past the check. Newest first. */
  exceptions(repository: RepositoryRef, most: number): Promise<readonly Entry[]>;
  /** The last words of people that a hazard is a false alarm. Newest first. */
  answers(repository: RepositoryRef, most: number): Promise<readonly Entry[]>;
  /**
   * How long the changes waited that the last countersignatures are of: from their first verdict to the first of those, in
   * milliseconds. Of at most so many countersignatures.
   */
  waits(repository: RepositoryRef, most: number): Promise<readonly number[]>;
  openFollowUpsIn(repository: RepositoryRef): Promise<readonly FollowUpState[]>;
  /** `id` is not the one that the browser has, but what it is known by. Forgets sessions that are over. */
  beginSession(session: PageSession & { readonly id: string }, now: Date, until: Date): Promise<void>;
  /** `null` for one that is over, or never was. */
  session(id: string, now: Date): Promise<BegunSession | null>;
  endSession(id: string): Promise<void>;
  /** Those that somebody began before. */
  endSessionsOf(account: number, begunBefore: Date): Promise<void>;
  /** False where it was used before. Forgets those whose time is over. */
  useLogin(id: string, now: Date, until: Date): Promise<boolean>;
}
