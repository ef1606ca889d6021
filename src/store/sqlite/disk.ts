import { closeSync, fdatasync, openSync } from "node:fs";
import { promisify } from "node:util";

const sync = promisify(fdatasync);

/** What was committed, on its way to the disk. */
export interface Disk {
  /** Resolves once everything that is committed by now would survive a power cut; whoever waits meanwhile shares a wait. */
  readonly settled: () => Promise<void>;
  /** Whoever still waits may not be told. */
  readonly release: () => void;
}

/** Of a store that keeps nothing. */
export const NO_DISK: Disk = { settled: async () => {}, release: () => {} };

/**
 * Waits for the log of a SQLite database beside the thread that writes it, which SQLite itself does not under
 * `synchronous = NORMAL` (https://sqlite.org/wal.html, "Performance Considerations"): it appends a commit to the log, and
 * syncs the log before what it holds is copied to the database. So a commit is safe as soon as the log was synced after it,
 * and with it all commits before.
 */
export function diskOf(log: string): Disk {
  const descriptor = openSync(log, "r+");
  return { settled: sharedSync(() => sync(descriptor)), release: () => closeSync(descriptor) };
}

/**
 * One sync at a time, each for all who asked before it began. After one that failed nobody can say what the system
 * dropped, so that none after it is trusted either.
 */
export function sharedSync(sync: () => Promise<void>): () => Promise<void> {
  let latest: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= latest = latest.then(() => {
      next = null;
      return sync();
    });
    return next;
  };
}
