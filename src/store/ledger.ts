import type { RepositoryRef } from "./repository.ts";

export interface LedgerEntry {
  readonly at: string;
  readonly repository: string;
  readonly pull: number | null;
  readonly headSha: string | null;
  readonly kind: "verdict" | "countersignature" | "evidence" | "override" | "freeze" | "follow-up" | "change";
  readonly data: unknown;
}

/** Because of whom something is in the ledger. */
export interface LedgerCause {
  readonly repository: RepositoryRef;
  readonly account: number;
}
