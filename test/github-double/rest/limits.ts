import type { Installation } from "../world/model.ts";
import type { State } from "../world/state.ts";
import { ContentLimits, type ContentRules } from "./content-limits.ts";

const HOUR = 3_600_000;

interface Budget {
  used: number;
  /** Seconds since the epoch. */
  reset: number;
}

export type Resource = "core" | "graphql";

export interface Left {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  readonly reset: number;
}

/** The hourly limits of each caller, REST's and GraphQL's apart, and the limits on making content. */
export class Limits {
  readonly content: ContentLimits;
  readonly #state: State;
  readonly #hourly: number;
  readonly #budgets = new Map<string, Budget>();

  constructor(state: State, hourly: number) {
    this.#state = state;
    this.#hourly = hourly;
    this.content = new ContentLimits(state);
  }

  /** Uses up what an installation has left of one of its two budgets, or all but `leaving`. */
  exhaust(installation: Installation, resource: Resource, leaving = 0): void {
    this.#budget(whoIs(installation), resource).used = Math.max(0, this.#hourly - leaving);
  }

  /** Gives an installation a new hour. */
  refill(installation: Installation, resource: Resource): void {
    this.#budgets.delete(`${whoIs(installation)} ${resource}`);
  }

  /** Has content-making writes counted and refused as GitHub does; `null`: no more. */
  limitContent(rules: Partial<ContentRules> | null): void {
    this.content.enforce(rules);
  }

  spend(who: string, resource: Resource, points: number): void {
    this.#budget(who, resource).used += points;
  }

  /** Whether a caller may ask once more. */
  allows(who: string, resource: Resource): boolean {
    return this.left(who, resource).remaining > 0;
  }

  left(who: string, resource: Resource): Left {
    const { used, reset } = this.#budget(who, resource);
    return { limit: this.#hourly, used, remaining: Math.max(0, this.#hourly - used), reset };
  }

  headers(who: string, resource: Resource): Readonly<Record<string, string>> {
    const { limit, used, remaining, reset } = this.left(who, resource);
    return {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(remaining),
      "x-ratelimit-used": String(used),
      "x-ratelimit-reset": String(reset),
      "x-ratelimit-resource": resource,
    };
  }

  /** The body of `GET /rate_limit`. */
  overview(who: string): unknown {
    const core = this.left(who, "core");
    const search = { ...core, limit: 30, used: 0, remaining: 30 };
    return { resources: { core, graphql: this.left(who, "graphql"), search }, rate: core };
  }

  #budget(who: string, resource: Resource): Budget {
    const now = Date.parse(this.#state.now());
    const key = `${who} ${resource}`;
    const known = this.#budgets.get(key);
    if (known && known.reset * 1000 > now) return known;
    const fresh = { used: 0, reset: Math.floor((now + HOUR) / 1000) };
    this.#budgets.set(key, fresh);
    return fresh;
  }
}

/** The name an installation's budgets are kept under. */
export function whoIs({ id }: Installation): string {
  return `installation ${id}`;
}
