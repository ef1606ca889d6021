import { expect, test } from "@jest/globals";
import { alerts } from "../../scripts/alerts-table.ts";
import { createMetrics } from "../../src/app/operation/metrics.ts";

const metrics = createMetrics({
  events: new Set(),
  health: async () => ({ jobs: 0, active: 0, oldestSeconds: 0 }),
  unread: () => 0,
  notices: async () => [{ target: "platform", notices: 1 }],
  unverified: () => ({ connections: 0, bytes: 0 }),
  watch: async () => ({ changes: [], bypasses: 0, sweptSeconds: 0 }),
  unprotected: async () => 0,
  followUps: async () => 0,
  quotas: () => [{ installationId: 1, resource: "core", limit: 5_000, remaining: 5_000, reset: 0 }],
});

/** Happens once, so that every series stands in `/metrics` with its labels. */
metrics.delivered("push", 0.01);
metrics.refused("signature");
metrics.requested("GET /app", 0, 0.1);
metrics.noticed("platform", "dropped");

const SAMPLE = /^(\w+)(?:\{(.*)\})? \S+$/gm;
const LABEL = /(\w+)="([^"]*)"/g;

type Labels = Readonly<Record<string, string>>;

async function samples(): Promise<ReadonlyMap<string, readonly Labels[]>> {
  const { text } = await metrics.read();
  const all = [...text.matchAll(SAMPLE)].map(([, name = "", labels = ""]) => ({
    name,
    labels: Object.fromEntries(
      [...labels.matchAll(LABEL)].map(([, label = "", value = ""]) => [label, value]),
    ),
  }));
  return new Map(
    [...Map.groupBy(all, ({ name }) => name)].map(([name, own]) => [name, own.map(({ labels }) => labels)]),
  );
}

const SELECTOR = /\b(countersign_\w+)(?:\{([^}]*)\})?/g;
const MATCHER = /(\w+)(=~?)"([^"]*)"/g;

function fits(labels: Labels, matchers: string): boolean {
  return [...matchers.matchAll(MATCHER)].every(([, label = "", how, value = ""]) =>
    how === "=" ? labels[label] === value : new RegExp(`^(?:${value})$`).test(labels[label] ?? ""),
  );
}

const RULES = alerts().filter(({ expr }) => !expr.startsWith("up{"));

test.each(RULES)("$alert asks for what /metrics has", async ({ expr }) => {
  const known = await samples();
  const asked = [...expr.matchAll(SELECTOR)];
  expect(asked).not.toEqual([]);
  for (const [selector, name = "", matchers = ""] of asked)
    expect([selector, (known.get(name) ?? []).some((labels) => fits(labels, matchers))]).toEqual([
      selector,
      true,
    ]);
});

test.each(RULES)("$alert groups by, and tells, labels that its metric has", async ({ expr, annotations }) => {
  const known = await samples();
  const has = [...expr.matchAll(SELECTOR)].flatMap(([, name = ""]) =>
    Object.keys(known.get(name)?.[0] ?? {}),
  );
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels = ""]) => labels.split(", "));
  const told = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label = ""]) => label);
  expect(grouped.filter((label) => !has.includes(label))).toEqual([]);
  expect(told.filter((label) => !grouped.includes(label))).toEqual([]);
});

test("alerts have names of their own", () => {
  const names = alerts().map(({ alert }) => alert);
  expect(new Set(names).size).toBe(names.length);
});
