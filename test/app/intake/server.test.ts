import { once } from "node:events";
import { request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { EVENTS } from "../../../src/app/intake/events.ts";
import { InFlightDeliveries } from "../../../src/app/intake/in-flight.ts";
import { operationRoutes, webhookRoutes } from "../../../src/app/intake/routes.ts";
import { createHttpServer } from "../../../src/app/intake/server.ts";
import { BOUNDS, Unverified } from "../../../src/app/intake/unverified.ts";
import type { Refusal, Webhook } from "../../../src/app/intake/webhook.ts";
import type { Log, LogFields } from "../../../src/app/operation/log.ts";
import { createMetrics } from "../../../src/app/operation/metrics.ts";
import { nock } from "../../nock.ts";
import { SECRET, sign } from "../credentials.ts";

const BODY = JSON.stringify({ action: "opened", number: 3, secretish: "payload-text" });

const PREVIOUS = "0c3f9be27d4836af90c3e1d2b8747655aa01f35f1c9";

const HEALTH = { jobs: 2, active: 1, oldestSeconds: 5 };

let server: Server;
let origin: string;
let accepted: Webhook[];
let refused: Refusal[];
let unverified: Unverified;
let inFlight: InFlightDeliveries;
let logged: { fields: LogFields; message: string }[];
let ready: boolean;
let accept: (webhook: Webhook) => Promise<void>;

beforeEach(async () => {
  accepted = [];
  logged = [];
  ready = true;
  accept = async (webhook) => {
    accepted.push(webhook);
  };
  const note = (fields: LogFields, message: string) => void logged.push({ fields, message });
  const log: Log = { debug: () => {}, info: note, warn: note, error: note };
  refused = [];
  unverified = new Unverified({
    bounds: BOUNDS,
    now: () => performance.now(),
    later: setTimeout,
    dropped: () => {},
  });
  inFlight = new InFlightDeliveries();
  server = createHttpServer({
    routes: {
      ...webhookRoutes({
        secrets: { current: SECRET, previous: PREVIOUS },
        inFlight,
        accept: (webhook) => accept(webhook),
        verified: () => {},
        refused: (why) => refused.push(why),
      }),
      ...operationRoutes({
        readiness: async () => ({ ready, store: "ok", queue: "ok", github: "ok", webhooks: "ok" }),
        metrics: createMetrics({
          events: new Set(Object.keys(EVENTS)),
          health: async () => HEALTH,
          unread: () => 0,
          notices: async () => [],
          unverified: () => unverified,
          watch: async () => ({ changes: [], bypasses: 0, sweptSeconds: 0 }),
          unprotected: async () => 0,
          followUps: async () => 0,
          quotas: () => [],
        }).read,
      }),
    },
    unverified,
    log,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

interface Sent {
  readonly body?: string;
  readonly headers?: Record<string, string | undefined>;
  readonly method?: string;
}

function deliver({ body = BODY, headers = {}, method = "POST" }: Sent = {}): Promise<Response> {
  const all = {
    "content-type": "application/json",
    "x-github-event": "pull_request",
    "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
    "x-hub-signature-256": sign(body),
    ...headers,
  };
  const present = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return fetch(`${origin}/api/github/webhooks`, {
    method,
    headers: present,
    ...(method === "POST" && { body }),
  });
}

describe("a webhook", () => {
  test("with a good signature is accepted and answered at once", async () => {
    const response = await deliver();
    expect(response.status).toBe(202);
    expect(accepted).toEqual([
      {
        delivery: { id: "72d3162e-cc78-11e3-81ab-4c9367dc0958", event: "pull_request", action: "opened" },
        payload: JSON.parse(BODY),
      },
    ]);
  });

  test("keeps its characters", async () => {
    const body = JSON.stringify({ title: "Übergröße 🚀 \u202e" });
    expect((await deliver({ body })).status).toBe(202);
    expect(accepted[0]?.payload).toEqual(JSON.parse(body));
  });

  test("that cannot be stored shows as failed on GitHub", async () => {
    accept = async () => {
      throw new Error("disk full, token ghs_16C7e42F292c6912E7710c838347Ae178B4a");
    };
    const response = await deliver();
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/disk|ghs_/);
    expect(logged.map(({ message }) => message)).toEqual(["request failed"]);
  });
});

describe("a rush", () => {
  test("is made by three genuine deliveries that wait to be stored", async () => {
    const { promise: stored, resolve: store } = Promise.withResolvers<void>();
    const { promise: waiting, resolve: wait } = Promise.withResolvers<void>();
    let waits = 0;
    accept = async () => {
      waits += 1;
      if (waits === 3) wait();
      await stored;
    };
    const deliveries = [deliver(), deliver(), deliver()];
    await waiting;
    expect(inFlight.rush).toBe(true);
    store();
    await Promise.all(deliveries);
    expect(inFlight.rush).toBe(false);
  });

  test("E26 is not made by bodies that have not proved to be genuine", async () => {
    // nock holds a request back until it is whole.
    nock.restore();
    const slow = Array.from({ length: 5 }, () => {
      const sent = request(`${origin}/api/github/webhooks`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "content-length": 100,
          "x-github-event": "push",
          "x-github-delivery": "1",
          "x-hub-signature-256": sign(""),
        },
      });
      sent.on("error", () => {});
      sent.write("{");
      return sent;
    });
    while (unverified.bytes === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(inFlight.rush).toBe(false);
    for (const sent of slow) sent.destroy();
    nock.activate();
  });
});

describe("refused is", () => {
  const UPPER = "A".repeat(64);
  test.each([
    [
      "E06 a delivery signed with Probot's default secret",
      { headers: { "x-hub-signature-256": sign(BODY, "development") } },
      401,
    ],
    [
      "E06 a delivery signed with another secret",
      { headers: { "x-hub-signature-256": sign(BODY, "x".repeat(40)) } },
      401,
    ],
    ["E06 an unsigned delivery", { headers: { "x-hub-signature-256": undefined } }, 401],
    ["E06 a signature of another body", { headers: { "x-hub-signature-256": sign(`${BODY} `) } }, 401],
    [
      "E06 the old SHA-1 signature alone",
      { headers: { "x-hub-signature-256": undefined, "x-hub-signature": "sha1=0" } },
      401,
    ],
    ["E06 something else as signature", { headers: { "x-hub-signature-256": `sha256=${UPPER}` } }, 401],
    ["E06 an empty body", { body: "", headers: { "x-hub-signature-256": sign("") } }, 401],
    ["E07 malformed JSON", { body: "{", headers: { "x-hub-signature-256": sign("{") } }, 400],
    ["E07 JSON that is no object", { body: "3", headers: { "x-hub-signature-256": sign("3") } }, 400],
    ["E07 a form", { headers: { "content-type": "application/x-www-form-urlencoded" } }, 415],
    ["E07 a body of no type", { headers: { "content-type": "text/plain" } }, 415],
    ["E07 a type that only begins like JSON", { headers: { "content-type": "application/jsonp" } }, 415],
    ["a delivery without its event", { headers: { "x-github-event": undefined } }, 400],
    ["a delivery without its id", { headers: { "x-github-delivery": undefined } }, 400],
    ["a delivery with an odd id", { headers: { "x-github-delivery": "a b" } }, 400],
  ])("%s", async (_, sent, status) => {
    const response = await deliver(sent);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: expect.any(String) });
    expect(accepted).toEqual([]);
    expect(logged).toEqual([]);
  });

  test("E07 a body of 30 MB that says so", async () => {
    const body = "x".repeat(30 * 1024 * 1024);
    const response = await deliver({ body, headers: { "x-hub-signature-256": sign("") } });
    expect(response.status).toBe(413);
    expect(accepted).toEqual([]);
    expect(logged).toEqual([]);
  });

  test("E07 a body of 30 MB that does not say how long it is", async () => {
    const chunk = new Uint8Array(1024 * 1024);
    let left = 30;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
    });
    const response = await fetch(`${origin}/api/github/webhooks`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-github-event": "push",
        "x-github-delivery": "1",
        "x-hub-signature-256": sign(""),
      },
      body,
      duplex: "half",
    });
    expect(response.status).toBe(413);
    expect(accepted).toEqual([]);
  });

  test("a body that breaks off, without harm to the next one", async () => {
    // nock holds a request back until it is whole.
    nock.restore();
    const broken = request(`${origin}/api/github/webhooks`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "content-length": 100,
        "x-github-event": "push",
        "x-github-delivery": "1",
        "x-hub-signature-256": sign(""),
      },
    });
    broken.on("error", () => {});
    broken.write("{");
    await once(server, "request");
    broken.destroy();
    nock.activate();
    expect((await deliver()).status).toBe(202);
    expect(accepted).toHaveLength(1);
    expect(logged).toEqual([]);
  });
});

describe("the other pages", () => {
  test("/healthz tells that the process lives, and no more", async () => {
    const response = await fetch(`${origin}/healthz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: "ok" });
  });

  test.each([
    [true, 200, "ready"],
    [false, 503, "not ready"],
  ])("/readyz tells whether deliveries may come: %s", async (isReady, code, status) => {
    ready = isReady;
    const response = await fetch(`${origin}/readyz`);
    expect(response.status).toBe(code);
    expect(await response.json()).toEqual({ status, store: "ok", queue: "ok", github: "ok", webhooks: "ok" });
  });

  test("/metrics is what Prometheus reads", async () => {
    const response = await fetch(`${origin}/metrics`);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(await response.text()).toContain("\ncountersign_jobs 2\n");
  });

  test.each([
    ["GET", "/", 404],
    ["GET", "/probot", 404],
    ["GET", "/probot/setup", 404],
    ["POST", "/probot/import", 404],
    ["GET", "/ping", 404],
    ["POST", "/api/validate", 404],
    ["GET", "/constructor", 404],
    ["GET", "//evil/healthz", 404],
    ["GET", "/healthz?verbose", 200],
    ["GET", "/api/github/webhooks", 405],
    ["POST", "/healthz", 405],
    ["DELETE", "/metrics", 405],
  ])("%s %s answers %i", async (method, path, status) => {
    expect((await fetch(`${origin}${path}`, { method })).status).toBe(status);
  });
});
