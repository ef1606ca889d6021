import { Cache } from "../../github/client/cache.ts";
import { headersOf } from "../../github/client/errors.ts";
import type { Clock } from "../operation/clock.ts";
import { currentUsage } from "./usage.ts";

/** What is kept of GitHub's answers, in characters of JSON. */
const CAPACITY = 32_000_000;

/** A request as Octokit's hooks see it, before it is signed. */
interface Asked {
  readonly method: string;
  /** As it is written down, with names in place of values. */
  readonly url: string;
  readonly headers: object;
  readonly request?: unknown;
}

interface Answer<Response> {
  readonly tag: string;
  readonly response: Response;
  readonly size: number;
}

/**
 * Answers to what was read by REST, each with GitHub's tag for it. Asked with the tag, GitHub answers 304 where nothing
 * changed, and does not count the request ("Use conditional requests", best practices for the REST API). Installations
 * never share an answer: they may see different things.
 */
export class EtagCache<Response extends { readonly data: unknown }> {
  readonly #kept = new Cache<Answer<Response>>({ capacity: CAPACITY, weigh: ({ size }) => size });
  readonly #clock: Pick<Clock, "now">;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  known(asked: Asked): Answer<Response> | undefined {
    const key = keyOf(asked);
    return key === null ? undefined : this.#kept.get(key, this.#clock.now());
  }

  keep(asked: Asked, response: Response): void {
    const key = keyOf(asked);
    const { etag: tag } = headersOf(response);
    if (key === null || tag === undefined) return;
    const size = JSON.stringify(response.data, writable)?.length ?? 0;
    this.#kept.set(key, { tag, response, size }, this.#clock.now());
  }
}

/** Octokit reads ids that a number cannot hold as a bigint, which JSON has no word for. */
function writable(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

/** By ids that are for ever the same. */
const OBJECTS = /\/git\/(?:trees|blobs)\//;

/**
 * `null` for what is not asked again by its tag: writes, GraphQL, what the App asks as itself, and git's objects, which
 * are large and never change.
 */
function keyOf({ request: _, headers, ...call }: Asked): string | null {
  const usage = currentUsage();
  if (usage === undefined || call.method !== "GET" || OBJECTS.test(call.url)) return null;
  return JSON.stringify([usage.installationId, call, Reflect.get(headers, "accept")]);
}
