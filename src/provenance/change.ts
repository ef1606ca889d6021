import type { Account, Identity } from "./identity.ts";

/** What is known of a commit. GitHub's list of co-authors may be capped, so the message is read as well. */
export interface CommitText {
  readonly sha: string;
  readonly message: string;
  readonly author: Identity;
  readonly committer: Identity;
  readonly coAuthors: readonly Identity[];
  /** ISO 8601. Where a time is not known, no evidence is weak for it. */
  readonly authoredAt?: string;
  readonly committedAt?: string;
}

export interface PullRequestText {
  /** `null` when the account is gone. */
  readonly author: Account | null;
  readonly headRef: string;
  readonly body: string;
  readonly labels: readonly string[];
  /** The app that opened it in its author's name; `null` or left out when none did, or when it is not known. */
  readonly performedVia?: { readonly slug: string; readonly id: number } | null;
  /** Whoever is known to have pushed to it: a tool that commits in a person's name still pushes in its own. */
  readonly pushers?: readonly Account[];
  /** The names of the events of its timeline, such as `copilot_work_started`. */
  readonly events?: readonly string[];
}
