import type { Strength } from "./evidence.ts";

/** One AI tool and the marks it leaves. Adding a tool is adding one of these. */
export interface Tool {
  /** The name people know it by. */
  readonly tool: string;
  readonly vendor: string;
  readonly signals: readonly Signal[];
}

/**
 * One mark. E-mails are exact and lower-cased, accounts are numeric ids; patterns are regular expression sources,
 * matched case-insensitively against one normalised line (or branch name), and must not backtrack.
 */
export type Signal = SignalMark & { readonly strength: Strength; readonly source: string };

export type SignalMark =
  /** An account: as author, committer, co-author or author of the pull request. `login` is shown, `id` decides. */
  | { readonly kind: "account"; readonly id: number; readonly login: string; readonly type: "User" | "Bot" }
  /** An address in full; `fields` says where it counts. */
  | {
      readonly kind: "email";
      readonly email: string;
      readonly fields: readonly ("author" | "committer" | "co-author")[];
    }
  /** A whole co-author display name. */
  | { readonly kind: "coauthor-name"; readonly name: string }
  /** A trailer by its key, lower-cased, and optionally its value. */
  | { readonly kind: "trailer"; readonly key: string; readonly value?: string }
  /** A line of a commit message or a pull request body. */
  | { readonly kind: "line"; readonly pattern: string; readonly in: readonly ("message" | "body")[] }
  | { readonly kind: "branch"; readonly pattern: string }
  | { readonly kind: "label"; readonly label: string };
