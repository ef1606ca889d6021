import { randomUUID } from "node:crypto";
import { sha256 } from "../../ledger/chain.ts";
import type { LinkedEntry } from "../../ledger/entry.ts";
import type { Store } from "../../store/store.ts";
import { send } from "../notices/send.ts";
import type { AuditTarget } from "../operation/audit-settings.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";

export interface AuditPorts {
  readonly store: Pick<Store, "holdAudit" | "auditCursors" | "moveAuditCursor" | "chains" | "chain">;
  readonly clock: Clock;
  readonly log: Log;
  readonly target: AuditTarget;
  /** Resolves once standard output took it. */
  readonly write: (text: string) => Promise<void>;
}

/** Entries in one message. */
const AT_ONCE = 100;

/** Longer than a message takes: whoever sends has the sink alone. */
const TURN_MS = 30_000;
const IDLE_MS = 5_000;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * Tells a sink every entry of the ledger, each chain in its order, from where it was told last. One that does not answer
 * is told again, so it may hear an entry twice; nothing else waits for it.
 */
export class AuditSink {
  readonly #ports: AuditPorts;
  readonly #stopping = new AbortController();
  /** Tells this process from others. */
  readonly #holder = randomUUID();
  readonly #name: string;
  #failures = 0;
  #line: Promise<void> = Promise.resolve();

  constructor(ports: AuditPorts) {
    this.#ports = ports;
    const { target } = ports;
    // Another address is told everything from the beginning, and none is kept as it is: it may hold a secret.
    this.#name = target.to === "stdout" ? "stdout" : `https/${sha256(target.address).slice(0, 16)}`;
  }

  start(): void {
    this.#line = this.#serve();
  }

  /** What was sent and not answered yet is sent again by whoever comes next. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#line;
  }

  async #serve(): Promise<void> {
    const { clock, log } = this.#ports;
    while (!this.#stopping.signal.aborted) {
      const ms = await this.#tellNext().catch((error: unknown) => {
        log.error({ error }, "the store failed");
        return IDLE_MS;
      });
      if (ms > 0) await clock.sleep(ms, this.#stopping.signal);
    }
  }

  /** Answers in how many milliseconds to go on. */
  async #tellNext(): Promise<number> {
    const { store, clock, log } = this.#ports;
    const now = clock.now();
    if (!(await store.holdAudit(this.#name, this.#holder, now, new Date(now.getTime() + TURN_MS))))
      return IDLE_MS;
    const next = await this.#next();
    const last = next.at(-1)?.entry;
    if (last === undefined) return IDLE_MS;
    const why = await this.#tell(next);
    if (why === null) {
      this.#failures = 0;
      await store.moveAuditCursor(this.#name, last.installation, last.seq);
      return 0;
    }
    if (this.#stopping.signal.aborted) return 0;
    const again = Math.min(FIRST_WAIT_MS * 2 ** Math.min(this.#failures, 12), LONGEST_WAIT_MS);
    this.#failures += 1;
    log.warn({ error: why, seconds: again / 1_000 }, "the audit sink did not take entries of the ledger");
    return again;
  }

  async #next(): Promise<readonly LinkedEntry[]> {
    const { store } = this.#ports;
    const cursors = await store.auditCursors(this.#name);
    for (const { installation, seq } of await store.chains()) {
      const told = cursors.get(installation) ?? 0;
      if (seq <= told) continue;
      const next: LinkedEntry[] = [];
      for await (const linked of store.chain(installation, told)) {
        next.push(linked);
        if (next.length === AT_ONCE) break;
      }
      if (next.length > 0) return next;
    }
    return [];
  }

  /** `null` once they are taken, else why not. */
  async #tell(entries: readonly LinkedEntry[]): Promise<unknown> {
    const { target, write, clock } = this.#ports;
    const body = entries.map((linked) => `${auditLine(linked)}\n`).join("");
    if (target.to === "stdout")
      return write(body).then(
        () => null,
        (error: unknown) => error,
      );
    const headers = { "content-type": "application/x-ndjson", "user-agent": "Countersign" };
    const sent = await send({ address: target.address, headers, body }, clock, this.#stopping.signal);
    return sent.status === "done" ? null : sent.why;
  }
}

/** One line of JSON, by which whoever has it can check the chain. */
function auditLine({ entry, prev, hash, texts }: LinkedEntry): string {
  return JSON.stringify({ audit: "countersign-ledger/1", hash, prev, entry, texts });
}
