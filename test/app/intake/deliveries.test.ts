import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { deliveryReceiver } from "../../../src/app/intake/deliveries.ts";
import { EVENTS } from "../../../src/app/intake/events.ts";
import type { Webhook } from "../../../src/app/intake/webhook.ts";
import { health } from "../../../src/app/operation/health.ts";
import { createMetrics } from "../../../src/app/operation/metrics.ts";
import { pullKey } from "../../../src/github/client/cache-keys.ts";
import { createCaches } from "../../../src/github/reading/caches.ts";
import { installationFact } from "../../../src/store/fact.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { publication } from "../../store/passes-contract.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";

const sha = "a".repeat(40);
const another = "0".repeat(40);
const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };

const webhook = (id: string, event = "pull_request", action = "edited"): Webhook => ({
  delivery: { id, event, action },
  payload: {
    action,
    installation: { id: 7 },
    repository: { id: 70, name: "shop", owner: { login: "acme" } },
    pull_request: { number: 3, head: { sha } },
  },
});

let store: Store;
let woken: number;
const clock = new ManualClock();
const caches = createCaches();
const facts = { headSha: sha, baseRef: "main", baseSha: sha, stackBase: null, changedFiles: 0 };
const log = notes();

beforeEach(() => {
  store = openSqliteStore(":memory:");
  woken = 0;
  caches.changes.set(`${pullKey(at, 3)}${sha}`, { files: [], facts }, clock.now());
});
afterEach(() => store.close());

function metricsOf() {
  const quota = { installationId: 7, resource: "core", limit: 5000, remaining: 4321, reset: 0 };
  return createMetrics({
    events: new Set(Object.keys(EVENTS)),
    health: () => health(store, clock.now()),
    unread: () => 0,
    notices: async () => [],
    unverified: () => ({ connections: 0, bytes: 0 }),
    watch: async () => ({ changes: [], bypasses: 0, sweptSeconds: 0 }),
    unprotected: () => store.unprotected(),
    followUps: () => store.openFollowUps(),
    quotas: () => [quota],
  });
}

function receive(one: Webhook, metrics = metricsOf()): Promise<void> {
  return deliveryReceiver({
    store,
    caches,
    clock,
    log,
    self: () => null,
    delivered: metrics.delivered,
    wake: () => {
      woken += 1;
    },
  })(one);
}

const remembered = () => caches.changes.get(`${pullKey(at, 3)}${sha}`, clock.now()) !== undefined;

describe("a delivery", () => {
  test("becomes a job, wakes the worker, and outdates what is remembered of the pull request", async () => {
    await receive(webhook("a"));
    expect([await store.depth(), woken, remembered()]).toEqual([1, 1, false]);
  });

  test("E01 sent twice is worked once", async () => {
    await receive(webhook("a"));
    const job = await store.claim(clock.now(), 1000);
    if (job) await store.finish(job);
    await receive(webhook("a"));
    expect([await store.depth(), woken]).toEqual([0, 1]);
  });

  test("of a review leaves what cannot have changed", async () => {
    await receive(webhook("a", "pull_request_review", "submitted"));
    expect([await store.depth(), remembered()]).toEqual([1, true]);
  });

  describe("A03 of a push tells who pushed", () => {
    const pushed = (id: string, head: string, sender: unknown): Webhook => {
      const { delivery, payload } = webhook(id, "pull_request", "synchronize");
      const pull_request = { number: 3, head: { sha: head } };
      return { delivery, payload: { ...Object(payload), pull_request, sender } };
    };
    const ada = { id: 11, login: "ada", type: "User" };
    const participants = async () => (await store.remember(at, 3)).participants;

    test("which is remembered though another push comes before anything is read", async () => {
      await receive(pushed("a", "b".repeat(40), ada));
      await receive(pushed("b", "c".repeat(40), { id: 12, login: "kiro-agent[bot]", type: "Bot" }));

      expect((await participants()).map(({ account }) => account.login)).toEqual(["ada", "kiro-agent[bot]"]);
      expect(await store.recall(at, ["b".repeat(40)])).toEqual([
        {
          sha: "b".repeat(40),
          evidence: [],
          participants: [
            {
              ...{ account: ada, role: "pusher", because: "pushed bbbbbbb", sha: "b".repeat(40) },
              at: clock.now().toISOString(),
            },
          ],
        },
      ]);
    });

    test.each([
      ["somebody without an id", { login: "ada", type: "User" }],
      ["nobody", undefined],
    ])("but not %s", async (_, sender) => {
      await receive(pushed("a", "b".repeat(40), sender));
      expect(await participants()).toEqual([]);
    });

    test("and of nothing but a push", async () => {
      const { delivery, payload } = webhook("a", "pull_request", "labeled");
      await receive({ delivery, payload: { ...Object(payload), action: "labeled", sender: ada } });
      expect(await participants()).toEqual([]);
    });
  });

  test("that asks for nothing is noted and wakes nobody", async () => {
    await receive(webhook("a", "workflow_run", "completed"));
    expect([await store.depth(), woken]).toEqual([0, 0]);
  });

  test("that cannot be stored is not taken for accepted", async () => {
    const broken = { ...store, accept: () => Promise.reject(new Error("disk full")) };
    const whole = store;
    store = broken;
    await expect(receive(webhook("a"))).rejects.toThrow("disk full");
    store = whole;
    expect(woken).toBe(0);
  });

  test("is counted by event; names that are not known share one line", async () => {
    const metrics = metricsOf();
    await receive(webhook("a"), metrics);
    await receive(webhook("b", "anything_else", "x"), metrics);
    metrics.evaluated("success", 0.3);
    metrics.requested("GET /app", 200, 0.2);
    metrics.spent("head", 3);
    const { text } = await metrics.read();
    expect(text).toContain('countersign_deliveries_total{event="pull_request"} 1');
    expect(text).toContain('countersign_deliveries_total{event="other"} 1');
    expect(text).toContain("countersign_jobs 1");
    expect(text).toContain("countersign_jobs_active 1");
    expect(text).toContain("countersign_queue_oldest_seconds 0");
    expect(text).toContain("countersign_delivery_seconds_count 2");
    expect(text).toContain("countersign_github_request_seconds_sum 0.2");
    expect(text).toContain('countersign_job_requests_bucket{le="3",kind="head"} 1');
    expect(text).toContain('countersign_github_rate_limit_remaining{installation="7",resource="core"} 4321');
    expect(text).toContain('countersign_evaluations_total{conclusion="success"} 1');
    expect(text).toContain('countersign_evaluation_seconds_bucket{le="0.5"} 1');
    expect(text).toContain('countersign_github_requests_total{route="GET /app",status="200"} 1');
  });
});

test.each(["auto_merge_enabled", "enqueued"])(
  "a pass that merges by itself since it was published is withdrawn before others: %s",
  async (action) => {
    const facts = [installationFact(at)];
    for (const headSha of [another, sha]) {
      const one = publication(headSha, { repository: at, facts });
      await store.intend(one, clock.now(), new Date(clock.now().getTime() + 1000));
      await store.published(one, { id: 11, nodeId: null }, clock.now());
    }
    await receive(webhook("merges", "pull_request", action));
    await store.invalidate({ facts }, clock.now());
    expect(await store.claimWithdrawal(clock.now(), 1000)).toMatchObject({ headSha: sha });
    expect(await store.claimWithdrawal(clock.now(), 1000)).toMatchObject({ headSha: another });
  },
);
