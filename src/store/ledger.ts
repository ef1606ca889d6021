import type { Entry, EntryKind, Json, LinkedEntry, Texts } from "../ledger/entry.ts";
import type { CheckpointData } from "../ledger/records.ts";
import type { RepositoryRef } from "./repository.ts";

/** What is to be kept in the ledger. */
export interface LedgerEntry {
  /** ISO 8601. */
  readonly at: string;
  /** GitHub's time of what it tells; left out where GitHub has none. */
  readonly happenedAt?: string;
  /** Or the installation, where it is about no repository. */
  readonly repository: RepositoryRef | Pick<RepositoryRef, "installationId">;
  readonly pull: number | null;
  readonly headSha: string | null;
  readonly kind: EntryKind;
  /** Anything that is JSON. Texts that name a person are kept apart, where they can be erased. */
  readonly data: unknown;
}

/** Because of whom something is in the ledger. */
export interface LedgerCause {
  readonly repository: RepositoryRef;
  readonly account: number;
}

/** What was noted of a head before. */
export interface Noted {
  readonly pull: number | null;
  readonly kind: EntryKind;
  /** With its texts. */
  readonly data: Json;
}

/** The last entry of an installation's chain. */
export interface ChainEnd {
  readonly installation: number;
  /** `0` for a chain without entries. */
  readonly seq: number;
  readonly hash: string;
}

/** Appends to the ledger. */
export interface LedgerWriter {
  /** All or none, at the ends of their chains and in the order given. */
  append(entries: readonly LedgerEntry[]): Promise<void>;
  /** What a head's entries tell, oldest first, up to the last hundreds; `null` for those that are about no head. */
  noted(
    repository: RepositoryRef,
    headSha: string | null,
    kinds: readonly EntryKind[],
  ): Promise<readonly Noted[]>;
  /** The end of an installation's chain; `null` where it has none. */
  chainEnd(installationId: number): Promise<ChainEnd | null>;
  /** The commit of the last entry that names one; `null` where none does. */
  lastCommit(
    installationId: number,
  ): Promise<{ readonly repository: RepositoryRef; readonly sha: string } | null>;
  /**
   * Chains what earlier versions wrote, a batch at a time: little enough that nobody waits for it. Answers how many
   * entries there were; none are left when it is 0.
   */
  carryOver(): Promise<number>;
}

/** Which texts are to be erased, and why. */
export interface Erasure {
  /** The places of those among the texts of an entry. */
  readonly places: (texts: Texts, seq: number) => readonly string[];
  /** By which request or law. It stays, so it should name nobody. */
  readonly because: string;
  readonly now: Date;
}

export interface Retention {
  /** Entries that were written earlier may be removed. */
  readonly before: Date;
  readonly now: Date;
  /** The App's own word for it; left out where it has no key. */
  readonly sign?: (checkpoint: CheckpointData) => Json;
}

/** Ends what was kept long enough. */
export interface LedgerKeeping {
  /** Erases texts of a chain, and appends that it did. Answers how many there were. */
  erase(installation: number, erasure: Erasure): Promise<number>;
  /**
   * Appends that entries may be removed, up to the last before a moment. Answers how many; 0, and nothing is appended,
   * where there are none.
   */
  checkpoint(installation: number, retention: Retention): Promise<number>;
  /** Removes some entries that a checkpoint says may be. Answers how many; none are left when it is 0. */
  removeOld(): Promise<number>;
}

/** Up to where an audit sink was told. */
export interface AuditCursors {
  /** Whether this process tells it until then: one does at a time. */
  holdAudit(sink: string, holder: string, now: Date, until: Date): Promise<boolean>;
  /** By installation, the number of the last entry that it took. */
  auditCursors(sink: string): Promise<ReadonlyMap<number, number>>;
  moveAuditCursor(sink: string, installation: number, seq: number): Promise<void>;
}

/** Reads the ledger, and cannot write. */
export interface LedgerReader {
  /** The entries of a repository by its name at that time, `owner/name`, in their order, with their texts. */
  entries(repository: string): AsyncIterable<Entry>;
  /** All chains, by installation. */
  chains(): Promise<readonly ChainEnd[]>;
  /** The entries of a chain in their order, behind a number. Memory does not grow with them. */
  chain(installation: number, after?: number): AsyncIterable<LinkedEntry>;
  /** How many entries of earlier versions are in no chain yet. */
  unchained(): Promise<number>;
}
