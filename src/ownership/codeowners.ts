/**
 * Reads CODEOWNERS as GitHub does. This is what `countersign/codeowners` exports; it stands alone: no dependency, no
 * Node API, no I/O.
 */

import { showOwner } from "./owner.ts";
import { CODEOWNERS_LOCATIONS, createOwnership, WHOLE_TREE_LIMITS } from "./ownership.ts";
import { parseCodeowners } from "./parse.ts";
import { suggestFix } from "./suggest-fix.ts";

export { CODEOWNERS_LOCATIONS };

export interface Codeowners {
  /** The valid lines, in file order. */
  readonly rules: readonly Rule[];
  /** What GitHub reports, in file order. */
  readonly errors: readonly LineError[];
  /**
   * Who owns a file. `path` is from the root of the repository, without a leading slash, case-sensitive; for a rename
   * ask for both paths, for a submodule or a symbolic link for its own.
   */
  of(path: string): Owners;
}

export interface Rule {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  readonly pattern: string;
  /** `@user`, `@org/team` or an e-mail address, as written; none where the line takes ownership away. */
  readonly owners: readonly string[];
}

export interface LineError {
  /** GitHub's own words, but for the last: a file of 3 MB or more is not loaded. */
  readonly kind: "Invalid pattern" | "Invalid owner" | "Unknown owner" | "File too large";
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  /** The line as written. */
  readonly source: string;
  readonly message: string;
  /** What to do, one sentence. */
  readonly suggestion: string;
  /** The whole line as it was probably meant, where that can be guessed. */
  readonly replacement?: string;
}

/** Who owns a file, and by which line. */
export type Owners =
  /** Any one of them. */
  | {
      readonly kind: "owned";
      readonly owners: readonly string[];
      readonly line: number;
      readonly pattern: string;
    }
  /** The line that decides names nobody. */
  | {
      readonly kind: "un-owned";
      readonly owners: readonly [];
      readonly line: number;
      readonly pattern: string;
    }
  /** No line is about the file. */
  | { readonly kind: "unmatched"; readonly owners: readonly [] }
  /** It cannot be told, because GitHub skips the line that would decide, or may read it otherwise. */
  | {
      readonly kind: "invalid";
      readonly owners: readonly [];
      readonly line: number;
      readonly message: string;
    };

export interface ReadOptions {
  /** Whether an owner, as written, exists and may write. Without it every well-written owner is taken for known. */
  readonly isKnown?: (owner: string) => boolean;
}

/** Never throws, whatever the text. */
export function readCodeowners(text: string, { isKnown }: ReadOptions = {}): Codeowners {
  const parsed = parseCodeowners(text, isKnown && { isKnown: (owner) => isKnown(showOwner(owner)) });
  const ownership = createOwnership(parsed, WHOLE_TREE_LIMITS);
  return {
    rules: parsed.rules.map(({ pattern, owners, ...place }) => ({
      ...place,
      pattern: pattern.source,
      owners: owners.map(showOwner),
    })),
    errors: parsed.errors.map((error) => ({ ...error, ...suggestFix(error) })),
    of(path) {
      const owned = ownership.of(path);
      return owned.kind === "owned"
        ? { ...owned, owners: owned.owners.map(showOwner) }
        : { ...owned, owners: [] };
    },
  };
}
