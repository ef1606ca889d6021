import type { Strength } from "../evidence.ts";
import type { Examples } from "./examples.ts";

/** One AI tool and the signals it leaves. */
export interface Tool {
  /** The name people know it by. */
  readonly tool: string;
  readonly vendor: string;
  /** What declarations and attestations call it, lower-cased, beside its own name. */
  readonly names?: readonly string[];
  readonly signals: readonly Signal[];
  /** How people ask this tool for work, and how it names who asked. Never evidence of authorship. */
  readonly requests?: Requests;
}

/** A tool of the catalogue. Adding a tool is adding one of these. */
export interface CataloguedTool extends Tool {
  readonly examples: Examples;
}

/**
 * One signal. E-mails are exact and lower-cased, accounts are numeric ids of github.com; patterns are regular
 * expression sources, matched case-insensitively against one normalised line (or branch name), and must not
 * backtrack (`patternProblem` says so).
 */
export type Signal = SignalMatcher & {
  readonly strength: Strength;
  /** Where it was seen. */
  readonly source: string;
  readonly unreliable?: UnreliablePeriod;
};

/** A time in which the signal was also written without the tool, so that it is weak: two ISO dates, both included. */
export interface UnreliablePeriod {
  readonly from: string;
  readonly until: string;
}

export type SignalMatcher =
  /**
   * An account: as author, committer, co-author or author of the pull request. `id` decides; a bot of another id,
   * or of one that is not known (`null`), is matched by its login, which no user can take. `slug` is the app's, where
   * the login is not the slug with `[bot]`.
   */
  | {
      readonly kind: "account";
      readonly id: number;
      readonly login: string;
      readonly type: "User" | "Bot";
      readonly slug?: string;
    }
  | { readonly kind: "account"; readonly id: null; readonly login: string; readonly type: "Bot" }
  /**
   * An address in full; `fields` says where it counts, `anyId` that any number and `+` may stand before it, `named`
   * how the display name beside it must begin, lower-cased, where people write from the address too.
   */
  | {
      readonly kind: "email";
      readonly email: string;
      readonly fields: readonly IdentityField[];
      readonly anyId?: true;
      readonly named?: string;
    }
  /** A whole co-author display name, lower-cased. */
  | { readonly kind: "coauthor-name"; readonly name: string }
  /** A pattern of a whole display name, such as a model with its version; never a name that people have. */
  | { readonly kind: "name"; readonly pattern: string; readonly fields: readonly IdentityField[] }
  /** The end of a git display name, lower-cased; never a name alone. */
  | { readonly kind: "name-suffix"; readonly suffix: string; readonly fields: readonly IdentityField[] }
  /** A trailer by its key, lower-cased, and optionally a pattern of its value. */
  | { readonly kind: "trailer"; readonly key: string; readonly value?: string }
  /** A line of a commit message or a pull request body. */
  | { readonly kind: "line"; readonly pattern: string; readonly in: readonly TextField[] }
  /** A link anywhere in a line, by its host (lower-cased, without `www.`) and a pattern of what follows. */
  | { readonly kind: "link"; readonly host: string; readonly path: string; readonly in: readonly TextField[] }
  | { readonly kind: "branch"; readonly pattern: string }
  /** A label, lower-cased. */
  | { readonly kind: "label"; readonly label: string };

export type IdentityField = "author" | "committer" | "co-author";
export type TextField = "message" | "body";

interface Requests {
  /** What a comment says to start the tool, lower-cased: a mention or a slash command. */
  readonly commands?: readonly string[];
  /** Labels by which people start the tool, on an issue or a pull request; lower-cased. Each is a weak signal as well. */
  readonly labels?: readonly string[];
  /** Patterns of a line that names who asked; the first group is the login. */
  readonly lines?: readonly string[];
  /** `lines` count only in a text that also holds this, lower-cased. */
  readonly beside?: string;
  /** The event of GitHub's issue timeline whose actor asked; for a review too, so it is weak evidence of work. */
  readonly timelineEvent?: string;
}

export function isOf<Kind extends Signal["kind"]>(
  kind: Kind,
  signal: Signal,
): signal is Extract<Signal, { kind: Kind }> {
  return signal.kind === kind;
}
