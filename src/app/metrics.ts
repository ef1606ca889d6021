import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Conclusion } from "../signoff/verdict.ts";
import { EVENTS } from "./events.ts";

export interface Metrics {
  readonly delivered: (event: string) => void;
  readonly evaluated: (conclusion: Conclusion, seconds: number) => void;
  /** `route` is a template, never a path with names in it. */
  readonly requested: (route: string, status: number) => void;
  readonly read: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

/** The app's numbers, in a registry of its own. `depth` tells how many jobs there are. */
export function createMetrics(depth: () => Promise<number>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const deliveries = new Counter({
    name: "countersign_deliveries_total",
    help: "Webhook deliveries accepted, by event",
    labelNames: ["event"],
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
  new Gauge({
    name: "countersign_jobs",
    help: "Jobs waiting or in work",
    registers,
    async collect() {
      this.set(await depth());
    },
  });
  return {
    // Only events that are known get a line of their own: names come from outside.
    delivered: (event) => deliveries.inc({ event: Object.hasOwn(EVENTS, event) ? event : "other" }),
    evaluated: (conclusion, seconds) => {
      evaluations.inc({ conclusion });
      duration.observe(seconds);
    },
    requested: (route, status) => requests.inc({ route, status }),
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
