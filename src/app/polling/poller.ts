import type { GitHubClient } from "../../github/client/client.ts";
import { GitHubProblem, GitHubUnavailable, NotFound } from "../../github/client/errors.ts";
import type { Store } from "../../store/store.ts";
import { mayTell } from "../intake/events.ts";
import { type Webhook, webhookOf } from "../intake/webhook.ts";
import type { Clock } from "../operation/clock.ts";
import { describeError, type Log } from "../operation/log.ts";
import { retryAt } from "../work/backoff.ts";
import { Backlog, type Unread } from "./backlog.ts";
import { Hour, hourlyCost } from "./hour.ts";
import { ListReader } from "./list-reader.ts";
import { readPayload } from "./payload.ts";
import { needsRights } from "./rights.ts";
import { SweepsInstead } from "./sweeps-instead.ts";

export interface PollerPorts {
  /** Authenticated as the App. */
  readonly client: () => Promise<GitHubClient>;
  readonly store: Pick<Store, "accepted" | "enqueue" | "repository">;
  /** Resolves once the delivery is on disk. */
  readonly accept: (webhook: Webhook) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  /** Between two looks. */
  readonly everyMs: number;
  /** Called when there is something to sweep. */
  readonly wake: () => void;
}

/** Then it is looked again for what has come meanwhile. */
const MOST_READ_AT_ONCE = 60;

/** Unless GitHub asks for more: passes may be stale meanwhile, and a look costs one request. */
const LONGEST_WAIT_MS = 60_000;

/** A webhook that is not active makes no deliveries, and nothing else tells that. */
const NOTHING_LISTED =
  "GitHub lists no delivery of the last days: see that the webhook in the App's settings is active";

/**
 * Reads deliveries from GitHub, where GitHub cannot reach the app, and hands on what each tells as a webhook would.
 * What was accepted is in the store, so a look that fails, or a process that is killed, loses nothing: the next one finds
 * what is left.
 */
export class Poller {
  readonly #ports: PollerPorts;
  readonly #backlog = new Backlog();
  readonly #hour: Hour;
  readonly #list: ListReader;
  readonly #sweeps: SweepsInstead;
  readonly #stopping = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  /** Looks in a row whose list could not be read. */
  #failures = 0;
  #failed: { readonly error: unknown; readonly since: Date } | null = null;

  constructor(ports: PollerPorts) {
    this.#ports = ports;
    const { clock, everyMs } = ports;
    this.#hour = new Hour({ now: clock.now, everyMs });
    this.#list = new ListReader({ ...ports, backlog: this.#backlog, hour: this.#hour });
    this.#sweeps = new SweepsInstead(ports);
  }

  start(): void {
    const { log, everyMs } = this.#ports;
    const { idle, most } = hourlyCost(everyMs);
    log.info(
      { seconds: everyMs / 1000, idleHour: idle, busyHour: most },
      "deliveries are read from GitHub: requests in an hour in which nothing happens, and at most",
    );
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  /** Deliveries that were heard of and are not accepted yet. */
  get unread(): number {
    return this.#backlog.size;
  }

  /** In words. */
  get standing(): string {
    if (this.#failed === null) return this.#list.empty ? NOTHING_LISTED : "ok";
    const { error, since } = this.#failed;
    return `deliveries could not be read from GitHub since ${since.toISOString()}: ${describeError(error)}`;
  }

  /** Looks once; tells whether there is more to be read at once. */
  async look(): Promise<boolean> {
    const client = await this.#ports.client();
    await this.#list.look(client);
    this.#failures = 0;
    const due = Map.groupBy(this.#backlog.due(this.#ports.clock.now()), (unread) => this.#mayBeRead(unread));
    const readable = due.get(true) ?? [];
    for (const unread of readable.slice(0, MOST_READ_AT_ONCE)) {
      if (this.#stopping.signal.aborted) return false;
      if (this.#mayBeRead(unread)) await this.#takeIn(client, unread);
    }
    await this.#sweeps.of((due.get(false) ?? []).map(({ attempt }) => attempt));
    return readable.length > MOST_READ_AT_ONCE;
  }

  async #run(): Promise<void> {
    const { clock, everyMs } = this.#ports;
    while (!this.#stopping.signal.aborted) {
      const waitMs = await this.look().then(
        (more) => {
          this.#failed = null;
          return more ? 0 : everyMs;
        },
        (error: unknown) => this.#failedUntil(error),
      );
      if (!this.#stopping.signal.aborted) await clock.sleep(waitMs, this.#stopping.signal);
    }
  }

  #failedUntil(error: unknown): number {
    const { clock, log } = this.#ports;
    const now = clock.now();
    const asked = error instanceof GitHubUnavailable ? error.retryAfterMs : 0;
    const grown = retryAt(error, this.#failures, now).getTime() - now.getTime();
    const waitMs = Math.max(Math.min(grown, LONGEST_WAIT_MS), asked);
    this.#failures += 1;
    this.#failed = { error, since: this.#failed?.since ?? now };
    log.error({ error, seconds: waitMs / 1000 }, "deliveries could not be read from GitHub");
    return waitMs;
  }

  #mayBeRead({ attempt }: Unread): boolean {
    const { event, action } = attempt;
    return !mayTell(event, action ?? null) || this.#hour.allows({ needsRights: needsRights(attempt) });
  }

  /** One that fails is asked for again, and does not hold up the others meanwhile. */
  async #takeIn(client: GitHubClient, unread: Unread): Promise<void> {
    const { clock, log, accept } = this.#ports;
    const { guid, event, action } = unread.attempt;
    try {
      await accept(webhookOf({ id: guid, event }, await this.#payload(client, unread)));
      this.#backlog.done(guid);
    } catch (error) {
      const again = retryAt(error, unread.failures, clock.now());
      this.#backlog.failed(unread, again);
      const fields = { delivery: guid, event, action: action ?? "", error, again: again.toISOString() };
      log.warn(fields, "a delivery could not be read");
      if (!(error instanceof GitHubProblem || error instanceof NotFound)) throw error;
    }
  }

  /** What can tell nothing is not asked for: it is only noted that it was seen. */
  async #payload(client: GitHubClient, { attempt }: Unread): Promise<unknown> {
    const { event, action } = attempt;
    if (!mayTell(event, action ?? null)) return { action };
    this.#hour.spend();
    return readPayload(client, attempt);
  }
}
