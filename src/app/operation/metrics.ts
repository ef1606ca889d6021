import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Conclusion } from "../../signoff/verdict.ts";
import type { NoticeCount } from "../../store/notices.ts";
import type { Task } from "../../store/task.ts";
import type { CountedOutcome } from "../../store/watch.ts";
import type { Health } from "./health.ts";

export interface Metrics {
  readonly delivered: (event: string, seconds: number) => void;
  /** Why is one of a few words. */
  readonly refused: (why: string) => void;
  /** A delivery was signed with the previous secret. */
  readonly signedBefore: () => void;
  /** A connection was dropped because others wanted its place. */
  readonly dropped: () => void;
  readonly evaluated: (conclusion: Conclusion, seconds: number) => void;
  /** `route` is a template, never a path with names in it. */
  readonly requested: (route: string, status: number, seconds: number) => void;
  readonly spent: (kind: Task["kind"], requests: number) => void;
  /** What became of notices; `null` for a name without an address, as names come from outside. */
  readonly noticed: (target: string | null, result: NoticeResult, notices?: number) => void;
  readonly read: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

/**
 * `failed` is one try. `dropped`: too many waited. `given-up`: nobody took it for a week. `no-address`: the server has none
 * of that name.
 */
export type NoticeResult = "sent" | "failed" | "dropped" | "given-up" | "no-address";

/** The primary limit of one kind of requests, as the last answer told it. */
export interface Quota {
  readonly resource: string;
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds since the epoch. */
  readonly reset: number;
}

/** How governed branches were changed so far, as far as it was judged. */
export interface WatchNumbers {
  readonly changes: readonly CountedOutcome[];
  /** Changes that no verdict let in and the config does not allow. */
  readonly bypasses: number;
  /** For how long the branches of some repository were not looked through; 0 where none is watched. */
  readonly sweptSeconds: number;
}

export interface MetricsPorts {
  /** Events by name that get a line of their own: names come from outside. */
  readonly events: ReadonlySet<string>;
  readonly health: () => Promise<Health>;
  readonly unverified: () => { readonly connections: number; readonly bytes: number };
  /** Repositories of which it is known that the check is not required, or can be reported by others. */
  readonly unprotected: () => Promise<number>;
  readonly followUps: () => Promise<number>;
  /** What waits to be told, by address. */
  readonly notices: () => Promise<readonly NoticeCount[]>;
  readonly watch: () => Promise<WatchNumbers>;
  readonly quotas: () => readonly (Quota & { readonly installationId: number })[];
  /** Deliveries that GitHub has listed and that are not accepted yet. */
  readonly unread: () => number;
}

/** The app's numbers, in a registry of its own. */
export function createMetrics(ports: MetricsPorts): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  gauges(registers, ports);
  quotaGauge(registers, ports);
  watchGauges(registers, ports);
  noticeGauge(registers, ports);
  const deliveries = new Counter({
    name: "countersign_deliveries_total",
    help: "Webhook deliveries accepted, by event",
    labelNames: ["event"],
    registers,
  });
  const refusals = new Counter({
    name: "countersign_refused_total",
    help: "Requests to the webhook path that were refused, by reason",
    labelNames: ["reason"],
    registers,
  });
  const signedBefore = new Counter({
    name: "countersign_previous_secret_total",
    help: "Webhook deliveries signed with WEBHOOK_SECRET_PREVIOUS",
    registers,
  });
  const drops = new Counter({
    name: "countersign_dropped_connections_total",
    help: "Connections dropped as the slowest, because others wanted their place",
    registers,
  });
  const acceptance = new Histogram({
    name: "countersign_delivery_seconds",
    help: "Time from a delivery's good signature to its being on disk",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 10],
    registers,
  });
  const evaluations = new Counter({
    name: "countersign_evaluations_total",
    help: "Head commits judged, by conclusion",
    labelNames: ["conclusion"],
    registers,
  });
  const duration = new Histogram({
    name: "countersign_evaluation_seconds",
    help: "Time from taking a head commit into work to its published verdict",
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const requests = new Counter({
    name: "countersign_github_requests_total",
    help: "Requests made to GitHub, by route and status",
    labelNames: ["route", "status"],
    registers,
  });
  const answers = new Histogram({
    name: "countersign_github_request_seconds",
    help: "Time until GitHub answered a request",
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const cost = new Histogram({
    name: "countersign_job_requests",
    help: "Requests to GitHub that one job took, by kind; a job of kind head is an evaluation",
    labelNames: ["kind"],
    buckets: [0, 1, 2, 3, 5, 8, 13, 21, 50, 200],
    registers,
  });
  const notices = new Counter({
    name: "countersign_notices_total",
    help: "What addresses were told, by what became of it; other is a name without an address",
    labelNames: ["target", "result"],
    registers,
  });
  return {
    delivered: (event, seconds) => {
      deliveries.inc({ event: ports.events.has(event) ? event : "other" });
      acceptance.observe(seconds);
    },
    refused: (reason) => refusals.inc({ reason }),
    signedBefore: () => signedBefore.inc(),
    dropped: () => drops.inc(),
    evaluated: (conclusion, seconds) => {
      evaluations.inc({ conclusion });
      duration.observe(seconds);
    },
    requested: (route, status, seconds) => {
      requests.inc({ route, status });
      answers.observe(seconds);
    },
    spent: (kind, asked) => cost.observe({ kind }, asked),
    noticed: (target, result, number = 1) => notices.inc({ target: target ?? "other", result }, number),
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

/** What is read at the moment somebody asks. */
function gauges(
  registers: readonly Registry[],
  { health, unverified, unprotected, followUps, unread }: MetricsPorts,
): void {
  const read: readonly (readonly [string, string, () => number | Promise<number>])[] = [
    ["countersign_jobs", "Jobs waiting, put off or in work", async () => (await health()).jobs],
    ["countersign_jobs_active", "Jobs that are due or in work", async () => (await health()).active],
    [
      "countersign_queue_oldest_seconds",
      "For how long the longest waiting job has been due",
      async () => (await health()).oldestSeconds,
    ],
    [
      "countersign_unprotected_repositories",
      "Repositories whose rules are known not to require the check, or not from this App alone",
      unprotected,
    ],
    ["countersign_follow_ups_open", "Overrides and bypasses that no owner has accepted yet", followUps],
    [
      "countersign_unverified_connections",
      "Open connections to the webhook's port",
      () => unverified().connections,
    ],
    [
      "countersign_unverified_bytes",
      "Memory that holds bodies whose signature has not been checked yet",
      () => unverified().bytes,
    ],
    [
      "countersign_deliveries_unread",
      "Deliveries that GitHub has listed and that are not accepted yet, where they are read from GitHub",
      unread,
    ],
  ];
  for (const [name, help, now] of read) {
    new Gauge({
      name,
      help,
      registers: [...registers],
      async collect() {
        this.set(await now());
      },
    });
  }
}

function quotaGauge(registers: readonly Registry[], { quotas }: MetricsPorts): void {
  new Gauge({
    name: "countersign_github_rate_limit_remaining",
    help: "Requests GitHub still takes this hour, by installation and resource",
    labelNames: ["installation", "resource"],
    registers: [...registers],
    collect() {
      for (const { installationId: installation, resource, remaining } of quotas())
        this.set({ installation, resource }, remaining);
    },
  });
}

function noticeGauge(registers: readonly Registry[], { notices }: Pick<MetricsPorts, "notices">): void {
  new Gauge({
    name: "countersign_notices_pending",
    help: "What waits to be told, by address",
    labelNames: ["target"],
    registers: [...registers],
    async collect() {
      this.reset();
      for (const { target, notices: waiting } of await notices()) this.set({ target }, waiting);
    },
  });
}

/** Out of the store, so that every replica tells the same, and a restart forgets nothing. */
function watchGauges(registers: readonly Registry[], { watch }: Pick<MetricsPorts, "watch">): void {
  new Gauge({
    name: "countersign_changes",
    help: "Changes of governed branches so far, by outcome, and whether the config allows them past the check",
    labelNames: ["outcome", "allowed"],
    registers: [...registers],
    async collect() {
      for (const { outcome, allowed, count } of (await watch()).changes)
        this.set({ outcome, allowed: allowed ? "yes" : "no" }, count);
    },
  });
  new Gauge({
    name: "countersign_bypasses",
    help: "Changes of governed branches so far that no verdict let in and the config does not allow",
    registers: [...registers],
    async collect() {
      this.set((await watch()).bypasses);
    },
  });
  new Gauge({
    name: "countersign_watch_swept_seconds",
    help: "For how long the branches of some repository were not looked through",
    registers: [...registers],
    async collect() {
      this.set((await watch()).sweptSeconds);
    },
  });
}
