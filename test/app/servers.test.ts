import { afterEach, describe, expect, test } from "@jest/globals";
import { EVENTS } from "../../src/app/intake/events.ts";
import { InFlightDeliveries } from "../../src/app/intake/in-flight.ts";
import { createMetrics } from "../../src/app/operation/metrics.ts";
import { readSettings } from "../../src/app/operation/settings.ts";
import { Signatures } from "../../src/app/operation/signatures.ts";
import { openServers, type Servers } from "../../src/app/servers.ts";
import { privateKey, SECRET } from "./credentials.ts";
import { ManualClock } from "./manual-clock.ts";
import { notes } from "./notes.ts";

let servers: Servers | null = null;
afterEach(async () => {
  await servers?.close();
  servers = null;
});

async function opened(more: Readonly<Record<string, string>>): Promise<Servers> {
  const settings = readSettings({
    APP_ID: "12",
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: SECRET,
    PORT: "0",
    ...more,
  });
  const log = notes();
  servers = await openServers(settings, {
    inFlight: new InFlightDeliveries(),
    signatures: new Signatures(new ManualClock(), log),
    metrics: createMetrics({
      events: new Set(Object.keys(EVENTS)),
      health: async () => ({ jobs: 0, active: 0, oldestSeconds: 0 }),
      unread: () => 0,
      notices: async () => [],
      unverified: () => ({ connections: 0, bytes: 0 }),
      watch: async () => ({ changes: [], bypasses: 0, sweptSeconds: 0 }),
      unprotected: async () => 0,
      followUps: async () => 0,
      quotas: () => [],
    }),
    accept: async () => {},
    keys: async () => ({ keys: [{ kid: "one" }] }),
    readiness: async () => ({ ready: true, store: "ok", queue: "ok", github: "ok", webhooks: "ok" }),
    log,
  });
  return servers;
}

const PATH = "/.well-known/countersign/keys.json";
const URL_SET = { COUNTERSIGN_URL: "https://gate.acme.io" };

describe("The public keys", () => {
  test.each<[string, Readonly<Record<string, string>>, number, number]>([
    [
      "are at the port that people reach, where they have an address",
      { ...URL_SET, COUNTERSIGN_OPS_PORT: "0" },
      200,
      404,
    ],
    [
      "are there too where deliveries are read from GitHub",
      { ...URL_SET, COUNTERSIGN_OPS_PORT: "0", COUNTERSIGN_POLL: "5" },
      200,
      404,
    ],
    ["are nowhere without an address", { COUNTERSIGN_OPS_PORT: "0" }, 404, 404],
  ])("%s", async (_, settings, outside, inside) => {
    const { address, opsAddress } = await opened(settings);
    expect([(await fetch(`${address}${PATH}`)).status, (await fetch(`${opsAddress}${PATH}`)).status]).toEqual(
      [outside, inside],
    );
  });

  test("are JSON that may be kept for a while, and only read", async () => {
    const { address } = await opened(URL_SET);
    const answer = await fetch(`${address}${PATH}`);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("cache-control")).toBe("max-age=300");
    expect(await answer.json()).toEqual({ keys: [{ kid: "one" }] });
    expect((await fetch(`${address}${PATH}`, { method: "POST" })).status).toBe(405);
  });
});
