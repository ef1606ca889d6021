import type { Strength } from "./evidence.ts";

/** One AI tool and the marks it leaves. Adding a tool is adding one of these. */
export interface Tool {
  /** The name people know it by. */
  readonly tool: string;
  readonly vendor: string;
  readonly signals: readonly Signal[];
  /** How people ask this tool for work, and how it names who asked. Never evidence of authorship. */
  readonly requests?: Requests;
}

/**
 * One mark. E-mails are exact and lower-cased, accounts are numeric ids; patterns are regular expression sources,
 * matched case-insensitively against one normalised line (or branch name), and must not backtrack
 * (`patternProblem` says so).
 */
export type Signal = SignalMark & { readonly strength: Strength; readonly source: string };

export type SignalMark =
  /**
   * An account: as author, committer, co-author or author of the pull request. `login` is shown, `id` decides.
   * A bot whose id is not known (`null`) is matched by its login, which no user can take.
   */
  | { readonly kind: "account"; readonly id: number; readonly login: string; readonly type: "User" | "Bot" }
  | { readonly kind: "account"; readonly id: null; readonly login: string; readonly type: "Bot" }
  /** An address in full; `fields` says where it counts, `anyId` that any number and `+` may stand before it. */
  | {
      readonly kind: "email";
      readonly email: string;
      readonly fields: readonly IdentityField[];
      readonly anyId?: true;
    }
  /** A whole co-author display name, lower-cased. */
  | { readonly kind: "coauthor-name"; readonly name: string }
  /** The end of a git display name, lower-cased; never a name alone. */
  | { readonly kind: "name-suffix"; readonly suffix: string; readonly fields: readonly IdentityField[] }
  /** A trailer by its key, lower-cased, and optionally a pattern of its value. */
  | { readonly kind: "trailer"; readonly key: string; readonly value?: string }
  /** A line of a commit message or a pull request body. */
  | { readonly kind: "line"; readonly pattern: string; readonly in: readonly TextField[] }
  | { readonly kind: "branch"; readonly pattern: string }
  /** A label, lower-cased. */
  | { readonly kind: "label"; readonly label: string };

export type IdentityField = "author" | "committer" | "co-author";
export type TextField = "message" | "body";

interface Requests {
  /** What a comment says to start the tool, lower-cased: a mention or a slash command. */
  readonly commands?: readonly string[];
  /** Patterns of a line that names who asked; the first group is the login. */
  readonly lines?: readonly string[];
  /** `lines` count only in a text that also holds this, lower-cased. */
  readonly beside?: string;
  /** The event of GitHub's issue timeline whose actor asked. */
  readonly timelineEvent?: "copilot_work_started";
}
