import type { RepositoryRef } from "./repository.ts";

export interface LedgerEntry {
  readonly at: string;
  readonly repository: string;
  readonly pull: number | null;
  readonly headSha: string | null;
  readonly kind:
    | "verdict"
    | "countersignature"
    | "evidence"
    | "override"
    | "freeze"
    | "follow-up"
    | "change"
    | "key";
  readonly data: unknown;
}

/** Because of whom something is in the ledger. */
export interface LedgerCause {
  readonly repository: RepositoryRef;
  readonly account: number;
}

/** Reads the ledger, and cannot write. */
export interface LedgerReader {
  /** The entries of a repository by its name at that time, `owner/name`, in their order. */
  entries(repository: string): AsyncIterable<LedgerEntry>;
}
