import type { State } from "../world/state.ts";

const HOUR = 3_600_000;

interface Budget {
  used: number;
  /** Seconds since the epoch. */
  reset: number;
}

export type Resource = "core" | "graphql";

/** The primary rate limit of each caller: REST and GraphQL have a budget each. */
export class Limits {
  readonly #state: State;
  readonly #hourly: number;
  readonly #budgets = new Map<string, Budget>();

  constructor(state: State, hourly: number) {
    this.#state = state;
    this.#hourly = hourly;
  }

  spend(who: string, resource: Resource, points: number): void {
    this.#budget(who, resource).used += points;
  }

  left(
    who: string,
    resource: Resource,
  ): { readonly limit: number; readonly used: number; readonly remaining: number; readonly reset: number } {
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
