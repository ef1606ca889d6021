import type { GitHubClient } from "../../github/client/client.ts";
import { GitHubProblem, NotFound } from "../../github/client/errors.ts";
import type { Store } from "../../store/store.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";
import { type Attempt, listDeliveries } from "../repair/delivery-list.ts";
import { type Backlog, timeOf } from "./backlog.ts";
import type { Hour } from "./hour.ts";

export interface ListPorts {
  readonly store: Pick<Store, "accepted">;
  readonly backlog: Backlog;
  readonly hour: Hour;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

/** Pages that one look reads from the top, and further down. */
const MOST_AT_TOP = 10;
const MOST_BELOW = 5;

/** GitHub may list a delivery late: its receiver has 10 seconds to answer, 30 on an Enterprise Server. */
const OVERLAP_MS = 2 * 60_000;

/** How often, and how far further back, it is made sure that nothing was listed later still. */
const THOROUGH_EVERY_MS = 60 * 60_000;
const THOROUGH_OVERLAP_MS = 60 * 60_000;

/** Nothing is looked for further down while so much waits to be read. */
const ENOUGH = 5_000;

/** A page further down than any look from the top came, and how far down to go. */
interface Depth {
  readonly cursor: string | null;
  /** What was delivered before this is known. Milliseconds, by GitHub's clock. */
  readonly until: number;
}

/**
 * Finds deliveries that were not accepted in GitHub's list of them, newest first. Each look reads from the top down to
 * what is known; at the start, and every hour, it is gone further down, some pages at each look. A cursor names a
 * delivery, so new ones do not move the pages below it.
 */
export class ListReader {
  readonly #ports: ListPorts;
  /** When the newest delivery was delivered that a complete look saw, by GitHub's clock; and looks of late, by ours. */
  #newest = Number.NEGATIVE_INFINITY;
  #looks: { readonly at: number; readonly newest: number }[] = [];
  /** Of what was delivered until then, all is listed. By GitHub's clock. */
  #known = Number.NEGATIVE_INFINITY;
  #below: Depth | null = null;
  #thorough: { readonly at: number; readonly newest: number } | null = null;

  constructor(ports: ListPorts) {
    this.#ports = ports;
  }

  /** GitHub has listed nothing so far, though the list was read. */
  get empty(): boolean {
    return this.#looks.length > 0 && this.#newest === Number.NEGATIVE_INFINITY;
  }

  /** @throws {GitHubUnavailable | GitHubProblem} */
  async look(client: GitHubClient): Promise<void> {
    await this.#top(client);
    await this.#furtherDown(client);
  }

  async #top(client: GitHubClient): Promise<void> {
    let newest = this.#newest;
    let cursor: string | null = null;
    for (let page = 0; page < MOST_AT_TOP; page++) {
      if (page > 0 && !this.#ports.hour.allows({ needsRights: false })) break;
      const { items, next, unknown } = await this.#page(client, cursor);
      newest = Math.max(newest, ...items.map(timeOf));
      const reached = unknown === 0 && items.some((item) => timeOf(item) <= this.#known);
      cursor = reached || next === cursor ? null : next;
      if (cursor === null) break;
    }
    // What lies between this look and the last one is read next. It holds whatever lay further down.
    if (cursor !== null) this.#below = { cursor, until: Number.NEGATIVE_INFINITY };
    this.#complete(newest);
  }

  #complete(newest: number): void {
    const at = this.#now();
    if (this.#looks.length === 0) this.#known = newest - OVERLAP_MS;
    this.#newest = newest;
    this.#looks.push({ at, newest });
    const settled = this.#looks.filter((look) => at - look.at >= OVERLAP_MS).at(-1);
    if (settled !== undefined) {
      this.#known = Math.max(this.#known, settled.newest);
      this.#looks = this.#looks.filter((look) => look.at >= settled.at);
    }
    this.#thorough ??= { at, newest };
  }

  async #furtherDown(client: GitHubClient): Promise<void> {
    this.#below ??= this.#dueAgain();
    for (let page = 0; page < MOST_BELOW && this.#below !== null; page++) {
      if (this.#ports.backlog.size > ENOUGH || !this.#ports.hour.allows({ needsRights: false })) return;
      this.#below = await this.#oneDown(client, this.#below);
    }
  }

  async #oneDown(client: GitHubClient, { cursor, until }: Depth): Promise<Depth | null> {
    try {
      const { items, next } = await this.#page(client, cursor);
      const reached = next === null || next === cursor || items.every((item) => timeOf(item) < until);
      return reached ? null : { cursor: next, until };
    } catch (error) {
      if (!(error instanceof GitHubProblem || error instanceof NotFound)) throw error;
      // A cursor ends with the delivery that it names.
      this.#ports.log.warn(
        { error },
        "GitHub's list of deliveries broke off and is read again within the hour",
      );
      this.#thorough = { at: this.#now(), newest: until };
      return null;
    }
  }

  #dueAgain(): Depth | null {
    const last = this.#thorough;
    if (last === null || this.#now() - last.at < THOROUGH_EVERY_MS) return null;
    this.#thorough = { at: this.#now(), newest: this.#newest };
    return { cursor: null, until: last.newest - THOROUGH_OVERLAP_MS };
  }

  /** One page, of which what is not known yet is put into the backlog. */
  async #page(client: GitHubClient, cursor: string | null): Promise<Page> {
    const { store, backlog, hour } = this.#ports;
    hour.spend();
    const { items, next } = await listDeliveries(client, { cursor });
    const accepted = await store.accepted(items.map(({ guid }) => guid));
    const unread = items.filter(({ guid }) => !accepted.has(guid));
    const unknown = unread.filter(({ guid }) => !backlog.has(guid)).length;
    backlog.add(unread.toReversed());
    return { items, next, unknown };
  }

  #now(): number {
    return this.#ports.clock.now().getTime();
  }
}

interface Page {
  readonly items: readonly Attempt[];
  readonly next: string | null;
  readonly unknown: number;
}
