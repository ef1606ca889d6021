import { randomUUID } from "node:crypto";
import type { Json } from "../../ledger/entry.ts";
import type { CheckpointData } from "../../ledger/records.ts";
import type { Store } from "../../store/store.ts";
import type { GitHubPort } from "../github/port.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";

export interface KeeperPorts {
  readonly store: Pick<
    Store,
    "carryOver" | "chains" | "checkpoint" | "removeOld" | "holdAudit" | "lastCommit"
  >;
  readonly github: Pick<GitHubPort, "setLedgerStatus">;
  readonly clock: Clock;
  readonly log: Log;
  /** For how many days entries are kept; absent: for good. */
  readonly keptDays?: number;
  /** What signs checkpoints with the App's key; absent: nothing does. */
  readonly signer?: () => Promise<(checkpoint: CheckpointData) => Json>;
}

const DAY_MS = 24 * 60 * 60_000;
/** A replica of an earlier version may still write. */
const CARRY_MS = 60_000;
const FAULT_MS = 60_000;

/** Six months: whoever keeps a ledger for shorter can show less than most audits ask for. */
const SHORT_DAYS = 184;

/** Looks after the ledger beside everything else: chains what earlier versions wrote, anchors it, ends what is old. */
export class LedgerKeeper {
  readonly #ports: KeeperPorts;
  readonly #stopping = new AbortController();
  #lines: readonly Promise<void>[] = [];

  constructor(ports: KeeperPorts) {
    this.#ports = ports;
  }

  start(): void {
    const { keptDays, log } = this.#ports;
    if (keptDays !== undefined && keptDays < SHORT_DAYS)
      log.warn({ days: keptDays }, "COUNTERSIGN_LEDGER_DAYS keeps the ledger for less than six months");
    this.#lines = [
      this.#again(() => this.#carryOver()),
      this.#again(() => this.#anchor()),
      ...(keptDays === undefined ? [] : [this.#again(() => this.#endOld(keptDays))]),
    ];
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#lines);
  }

  /** `work` answers in how many milliseconds to do it again. */
  async #again(work: () => Promise<number>): Promise<void> {
    const { clock, log } = this.#ports;
    while (!this.#stopping.signal.aborted) {
      const ms = await work().catch((error: unknown) => {
        log.error({ error }, "the ledger could not be looked after");
        return FAULT_MS;
      });
      await clock.sleep(ms, this.#stopping.signal);
    }
  }

  async #carryOver(): Promise<number> {
    const { store, log } = this.#ports;
    let entries = 0;
    for (let count = 1; count > 0 && !this.#stopping.signal.aborted; ) {
      count = await store.carryOver();
      entries += count;
      await nextTurn();
    }
    if (entries > 0) log.info({ entries }, "chained the ledger of an earlier version");
    return CARRY_MS;
  }

  /** Whichever process comes first on a day does it. */
  async #anchor(): Promise<number> {
    const { store, github, clock, log } = this.#ports;
    for (const { installation, seq, hash } of await store.chains()) {
      const commit = seq === 0 ? null : await store.lastCommit(installation);
      if (commit === null) continue;
      const now = clock.now();
      const tomorrow = new Date(now.getTime() + DAY_MS - CARRY_MS);
      if (!(await store.holdAudit(`status/${installation}`, randomUUID(), now, tomorrow))) continue;
      await github
        .setLedgerStatus(commit.repository, { sha: commit.sha, hash })
        .catch((error: unknown) =>
          log.warn({ installation, error }, "the ledger could not be anchored in a commit status"),
        );
    }
    return DAY_MS;
  }

  async #endOld(days: number): Promise<number> {
    const { store, clock, log, signer } = this.#ports;
    const sign = await signer?.();
    const now = clock.now();
    const before = new Date(now.getTime() - days * DAY_MS);
    for (const { installation } of await store.chains()) {
      const entries = await store.checkpoint(installation, { before, now, ...(sign && { sign }) });
      if (entries > 0) log.info({ installation, entries, days }, "entries of the ledger are removed");
    }
    while (!this.#stopping.signal.aborted && (await store.removeOld()) > 0) await nextTurn();
    return DAY_MS;
  }
}

/** Whoever waits for the store goes first. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
