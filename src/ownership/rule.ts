import type { Pattern } from "../paths/pattern.ts";
import type { OwnerRef } from "./owner.ts";

export interface CodeownersRule {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  readonly pattern: Pattern;
  /** Empty where the line takes ownership away. Unknown owners stay: they sign for nothing, and nobody else does. */
  readonly owners: readonly OwnerRef[];
}

export interface CodeownersError {
  /** All but the last are GitHub's own words (`GET /repos/{owner}/{repo}/codeowners/errors`). */
  readonly kind: "Invalid pattern" | "Invalid owner" | "Unknown owner" | "File too large";
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  /** The line as written. */
  readonly source: string;
  readonly message: string;
}
