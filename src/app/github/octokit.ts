import { ProbotOctokit } from "probot";
import { onlyRead } from "../../github/client/client.ts";
import { headersOf } from "../../github/client/errors.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";
import type { Budgets } from "./budgets.ts";
import { EtagCache } from "./etag-cache.ts";
import { currentUsage } from "./usage.ts";

/** An answer that takes longer is as good as none; GitHub gives up on GraphQL after 10 seconds. */
const TIMEOUT_MS = 30_000;

type Response = Awaited<ReturnType<InstanceType<typeof ProbotOctokit>["request"]>>;

export interface Traffic {
  /** Called for each answer. `route` is a template; status 0 says that none came. */
  readonly requested: (route: string, status: number, seconds: number) => void;
  /** Called with the version of Enterprise Server that an answer names. */
  readonly answeredBy?: (version: string) => void;
  readonly budgets: Budgets;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

/** Enterprise Server's, in every answer (docs on its REST API, "Version information", seen 2026-11). */
const SERVER_VERSION = "x-github-enterprise-version";

/**
 * Probot's client without its waiting. Probot shares one bucket of one write or GraphQL query a second among all
 * installations, and sleeps in memory until a limit is over; here each installation has a budget of its own, a
 * refused request fails at once, and its job waits in the store, where a restart does not lose it.
 */
export function countedOctokit(traffic: Traffic): typeof ProbotOctokit {
  const ask = metered<Response>(traffic);
  const Counted = ProbotOctokit.plugin((octokit) => {
    octokit.hook.wrap("request", (request, options) =>
      ask({
        options,
        send: async () => {
          const response = await request(options);
          return { ...response, data: onlyRead(response.data, options) };
        },
        renew: () => octokit.auth({ type: "installation", factory: forgetToken }),
      }),
    );
    return {};
  });
  // Probot merges its own throttle settings over an object, but not over what a function answers.
  return Counted.defaults((options: object) => ({
    ...options,
    log: octokitLog(traffic.log),
    throttle: { enabled: false },
    retry: { enabled: false },
  }));
}

/** One request, before it is signed. */
export interface Asking<T> {
  readonly options: Options;
  readonly send: () => Promise<T>;
  /** Makes the next try use a new token. */
  readonly renew: () => Promise<unknown>;
}

interface Answered {
  readonly status: number;
  readonly headers: object;
  readonly data: unknown;
}

/** Makes requests, each on its installation's budget and by the tag of the answer that is known. */
export function metered<T extends Answered>({
  requested,
  answeredBy,
  budgets,
  clock,
}: Omit<Traffic, "log">): (asking: Asking<T>) => Promise<T> {
  const answers = new EtagCache<T>(clock);
  return async ({ options, send, renew }) => {
    const started = performance.now();
    const told = (status: number) =>
      requested(routeOf(options), status, (performance.now() - started) / 1000);
    spend(budgets, options);
    const known = answers.known(options);
    // The hooks below this one are bound to these very options, whatever they are called with.
    if (known) options.headers["if-none-match"] = known.tag;
    try {
      const response = await withFreshToken(options, send, renew);
      told(response.status);
      observe(budgets, response);
      const version = headersOf(response)[SERVER_VERSION];
      if (version !== undefined) answeredBy?.(version);
      answers.keep(options, response);
      return response;
    } catch (error) {
      told(statusOf(error));
      refused({ budgets, clock }, error);
      if (known && statusOf(error) === NOT_MODIFIED) return known.response;
      throw error;
    }
  };
}

/** Octokit tells a request's body before its line. The body names people, so the line alone is logged. */
function octokitLog(log: Log) {
  const line = (write: Log["debug"]) => (first: unknown, second?: unknown) =>
    write({}, String(typeof first === "string" ? first : (second ?? "")));
  return { debug: line(log.debug), info: line(log.info), warn: line(log.warn), error: line(log.error) };
}

const NOT_MODIFIED = 304;
const UNAUTHORIZED = 401;

/** What the App asks as itself bears no installation's token. */
const AS_APP = /^\/app(?:\/|$)/;

interface TokenCache {
  readonly cache: { readonly set: (key: string, value: string) => unknown };
  readonly installationId: number;
}

/** What is empty is taken for absent, so that the next request makes a token of its own. */
async function forgetToken({ cache, installationId }: TokenCache): Promise<void> {
  await cache.set(String(installationId), "");
}

/** A token may be refused before its time is over: then a new one is made at once, and the request made once more. */
async function withFreshToken<T>(
  { url }: Options,
  send: () => Promise<T>,
  renew: () => Promise<unknown>,
): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (statusOf(error) !== UNAUTHORIZED || AS_APP.test(url) || currentUsage() === undefined) throw error;
    await renew();
    return send();
  }
}

interface Options {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string | number | undefined>;
  readonly query?: unknown;
}

/** The template of the path. GraphQL's comes as a whole address, with the host in it. */
function routeOf({ method, url }: Options): string {
  return `${method} ${url.endsWith("/graphql") ? "/graphql" : url}`;
}

function isWrite({ method, url, query }: Options): boolean {
  if (url.endsWith("/graphql")) return typeof query === "string" && /^\s*mutation\b/.test(query);
  return method !== "GET";
}

function spend(budgets: Budgets, options: Options): void {
  const usage = currentUsage();
  if (!usage) return;
  usage.requests += 1;
  if (isWrite(options)) budgets.wrote(usage.installationId);
}

function observe(budgets: Budgets, response: unknown): void {
  const headers = headersOf(response);
  const [limit, remaining, reset] = ["limit", "remaining", "reset"].map((name) =>
    Number.parseInt(headers[`x-ratelimit-${name}`] ?? "", 10),
  );
  const usage = currentUsage();
  if (!usage || !limit || remaining === undefined || !reset) return;
  const resource = headers["x-ratelimit-resource"] ?? "core";
  budgets.observed(usage.installationId, { resource, limit, remaining, reset: reset * 1000 });
}

/** How long an installation is left alone whose new token was refused too: its other jobs would fare no better. */
const TOKEN_REFUSED_MS = 60_000;

/** Each job of a suspended installation would ask for a token again. Those of one that is gone end by that. */
function refused({ budgets, clock }: Pick<Traffic, "budgets" | "clock">, error: unknown): void {
  const usage = currentUsage();
  if (!usage || typeof error !== "object" || error === null) return;
  if ("response" in error) observe(budgets, error.response);
  if (statusOf(error) === 403 && /\/access_tokens$/.test(urlOf(error)))
    budgets.suspended(usage.installationId);
  if (statusOf(error) === UNAUTHORIZED)
    budgets.close(usage.installationId, new Date(clock.now().getTime() + TOKEN_REFUSED_MS));
}

function urlOf(error: object): string {
  const request = "request" in error ? error.request : undefined;
  return typeof request === "object" && request !== null && "url" in request ? String(request.url) : "";
}

function statusOf(error: unknown): number {
  return typeof error === "object" && error !== null && "status" in error && typeof error.status === "number"
    ? error.status
    : 0;
}

/** `fetch` that does not wait for ever. */
export const boundedFetch: typeof fetch = (input, init) =>
  fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
