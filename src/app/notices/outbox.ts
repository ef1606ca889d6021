import type { Happening } from "../../notices/happening.ts";
import type { ClaimedNotice } from "../../store/notices.ts";
import type { Store } from "../../store/store.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";
import type { NoticeResult } from "../operation/metrics.ts";
import type { NoticeSettings, NoticeTarget } from "../operation/notice-settings.ts";
import { requestOf } from "./request.ts";
import { send } from "./send.ts";

export interface OutboxPorts {
  readonly store: Pick<
    Store,
    "claimNotice" | "noticeDueAt" | "noticeSent" | "retryNotice" | "giveUpNotices" | "forgetNotices"
  >;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: NoticeSettings;
  /** GitHub as people see it. */
  readonly github: string;
  readonly noticed: (target: string, result: NoticeResult, notices?: number) => void;
}

/** Longer than a try takes: whoever tries it has it alone. */
const LEASE_MS = 30_000;

/** Between two messages to one address: Slack takes about one a second. */
const PAUSE_MS = 1_000;

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 60 * 60_000;

const IDLE_MS = 60_000;
const STORE_FAULT_MS = 5_000;

const TIDY_MS = 60 * 60_000;
const KEPT_MS = 7 * 24 * 60 * 60_000;

/** Before the next look at a line: over when it is over, or when there is news. */
interface Wait {
  readonly ms: number;
  readonly until: "over" | "news";
}

/**
 * Tells every address what was noted for it, one after the other. Each has a line of its own, so that one that does not
 * answer holds up no other, and all are apart from judging.
 */
export class Outbox {
  readonly #ports: OutboxPorts;
  readonly #stopping = new AbortController();
  readonly #naps = new Map<string, AbortController>();
  #lines: readonly Promise<void>[] = [];

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#lines = [...this.#ports.settings.targets.map((target) => this.#serve(target)), this.#tidy()];
  }

  /** Something may be due. */
  wake(): void {
    for (const nap of this.#naps.values()) nap.abort();
  }

  /** What is being told and not answered yet is told again by whoever comes next. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await Promise.all(this.#lines);
  }

  async #serve(target: NoticeTarget): Promise<void> {
    const { clock, log } = this.#ports;
    while (!this.#stopping.signal.aborted) {
      const nap = new AbortController();
      this.#naps.set(target.name, nap);
      const { ms, until } = await this.#tellNext(target).catch((error: unknown): Wait => {
        log.error({ target: target.name, error }, "the store failed");
        return { ms: STORE_FAULT_MS, until: "news" };
      });
      if (this.#stopping.signal.aborted) return;
      await clock.sleep(ms, until === "news" ? nap.signal : this.#stopping.signal);
    }
  }

  async #tellNext(target: NoticeTarget): Promise<Wait> {
    const { store, clock } = this.#ports;
    const notice = await store.claimNotice(target.name, clock.now(), LEASE_MS);
    if (notice !== null) {
      await this.#tell(target, notice);
      return { ms: PAUSE_MS, until: "over" };
    }
    const due = await store.noticeDueAt(target.name);
    const ms = due === null ? IDLE_MS : Math.max(due.getTime() - clock.now().getTime(), 0);
    return { ms: Math.min(ms, IDLE_MS), until: "news" };
  }

  async #tell(target: NoticeTarget, notice: ClaimedNotice): Promise<void> {
    const { store, clock, log, settings, github, noticed } = this.#ports;
    const { attempts } = notice;
    const happening = JSON.parse(notice.record) as Happening;
    const { kind, repository } = happening;
    const request = requestOf(target, happening, { github, secret: settings.secret, now: clock.now() });
    const sent = await send(request, clock, this.#stopping.signal);
    const now = clock.now();
    if (sent.status === "done") {
      await store.noticeSent(notice, now);
      noticed(target.name, "sent");
      return;
    }
    if (this.#stopping.signal.aborted) return store.retryNotice(notice, now);
    const grown = Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 12), LONGEST_WAIT_MS);
    const again = new Date(now.getTime() + Math.max(grown, sent.retryAfterMs));
    await store.retryNotice(notice, again);
    noticed(target.name, "failed");
    const told = { target: target.name, kind, repository, attempts, again: again.toISOString() };
    log.warn({ ...told, error: sent.why }, "a notice was not taken");
  }

  /** Gives up what nobody took for a week, also of addresses that are gone, and forgets what is over as long. */
  async #tidy(): Promise<void> {
    const { store, clock, log, noticed } = this.#ports;
    while (!this.#stopping.signal.aborted) {
      const now = clock.now();
      const since = new Date(now.getTime() - KEPT_MS);
      try {
        for (const { target, notices } of await store.giveUpNotices(since, now)) {
          log.error({ target, notices }, "notices that nobody took for a week are given up");
          noticed(target, "given-up", notices);
        }
        await store.forgetNotices(since);
      } catch (error) {
        log.error({ error }, "the store failed");
      }
      await clock.sleep(TIDY_MS, this.#stopping.signal);
    }
  }
}
