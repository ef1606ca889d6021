import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { BOUNDS } from "../../src/app/intake/unverified.ts";
import { Signatures } from "../../src/app/operation/signatures.ts";
import { ManualClock } from "../app/manual-clock.ts";
import { notes } from "../app/notes.ts";
import { Door, forgedHead, type Stranger } from "../gate/door.ts";
import { metric, queueAt } from "../gate/queue.ts";
import { nock } from "../nock.ts";

const PREVIOUS = "0c3f9be27d4836af90c3e1d2b8747655aa01f35f1c9";
const OTHER = "77aa3f9be27d4836af90c3e1d2b8747655aa01f35f1c9";
const MB = 1024 * 1024;

/** All rows meet one process, one after the other, so that what one leaves behind is felt by the next. */
let door: Door;
beforeAll(async () => {
  // nock holds requests back until they are whole.
  nock.restore();
  door = await Door.open({ WEBHOOK_SECRET_PREVIOUS: PREVIOUS });
});
afterAll(() => door.close());

function row(number: string, situation: string, run: () => Promise<void>): void {
  test(`${number} ${situation}`, run);
}

row.each =
  <Rows extends readonly (readonly [string, ...unknown[]])[]>(rows: Rows) =>
  (number: string, situation: string, run: (...values: Rows[number]) => Promise<void>): void => {
    for (const values of rows) row(number, situation.replace("%s", values[0]), () => run(...values));
  };

/** Deliveries that GitHub sends are all accepted. */
async function honestArrive(...more: readonly string[]): Promise<void> {
  const bodies = [
    ...Array.from({ length: 50 }, () => JSON.stringify({ filler: "x".repeat(30_000) })),
    ...more,
  ];
  const sent = bodies.map((body, place) => door.deliver({ body, id: `honest-${place}` }));
  expect(await Promise.all(sent)).toEqual(bodies.map(() => 202));
}

async function honestArrivesOnce(): Promise<void> {
  expect(await door.deliver()).toBe(202);
}

type Flood = () => Promise<readonly Stranger[]>;

const almostWhole: Flood = () =>
  strangers(30, async () => {
    const stranger = await door.stranger(forgedHead(`Content-Length: ${25 * MB}`));
    for (let sent = 0; sent < 24; sent++) await stranger.send(Buffer.alloc(MB, "x"));
    return stranger;
  });

/** Each byte in a chunk of its own. */
const byteByByte: Flood = () =>
  strangers(30, async () => {
    const stranger = await door.stranger(forgedHead("Transfer-Encoding: chunked"));
    for (let sent = 0; sent < 5; sent++) await stranger.send("1\r\nx\r\n".repeat(10_000));
    return stranger;
  });

const oneByteEach: Flood = () => strangers(700, () => door.stranger(`${forgedHead("Content-Length: 100")}x`));

const noHeaders: Flood = () => strangers(700, () => door.stranger("POST /api/github/webhooks HTT"));

const nothing: Flood = () => strangers(700, () => door.stranger(""));

const wholeAndWrong: Flood = () =>
  strangers(30, async () => {
    const stranger = await door.stranger(forgedHead(`Content-Length: ${20 * MB}`));
    for (let sent = 0; sent < 20; sent++) await stranger.send(Buffer.alloc(MB, "x"));
    return stranger;
  });

/** Of another path and method, with bodies that nobody asked for. */
const elsewhere: Flood = () =>
  strangers(30, async () => {
    const stranger = await door.stranger(
      "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",
    );
    for (let sent = 0; sent < 20; sent++) await stranger.send(Buffer.alloc(MB, "x"));
    return stranger;
  });

function strangers(count: number, one: () => Promise<Stranger>): Promise<readonly Stranger[]> {
  return Promise.all(Array.from({ length: count }, one));
}

describe("What strangers send", () => {
  row.each<readonly (readonly [string, Flood])[]>([
    ["bodies of 25 MB but for the end", almostWhole],
    ["bodies in chunks of one byte", byteByByte],
    ["700 bodies of which a byte has come", oneByteEach],
    ["700 requests without the end of their headers", noHeaders],
    ["700 connections without a request", nothing],
    ["whole bodies with a wrong signature", wholeAndWrong],
    ["large bodies to another path", elsewhere],
  ])("E26", "strangers send what takes room, and GitHub delivers meanwhile: %s", async (_, flood) => {
    const sent = flood();
    await honestArrive();
    const all = await sent;
    await honestArrive(JSON.stringify({ filler: "x".repeat(20 * MB) }));
    const metrics = await door.text("/metrics");
    expect(metric(metrics, "countersign_unverified_bytes")).toBeLessThanOrEqual(BOUNDS.bytes);
    expect(metric(metrics, "countersign_unverified_connections")).toBeLessThanOrEqual(BOUNDS.connections);
    expect(door.peakMemory()).toBeLessThan(400);
    for (const stranger of all) stranger.end();
  });

  row("E26", "a stranger sends requests without reading the answers: it is not read any more", async () => {
    const stranger = await door.stranger("");
    // The answers are larger than the questions, so that they fill the way back first.
    const question = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";
    for (let asked = 0; asked < 200_000 && stranger.open; asked += 1_000) {
      if (stranger.push(question.repeat(1_000)) > MB) break;
      await honestArrivesOnce();
    }
    expect(door.peakMemory()).toBeLessThan(400);
    stranger.end();
  });

  row("E26", "configs to validate: nobody reads them unless it is switched on", async () => {
    const answer = await fetch(`${door.address}/api/validate`, { method: "POST", body: "mode: observe" });
    expect(answer.status).toBe(404);
  });

  row("E26", "many configs to validate, where it is switched on: a few a second are read", async () => {
    const open = await Door.open({ COUNTERSIGN_VALIDATE_API: "on" });
    try {
      const ask = () => fetch(`${open.address}/api/validate`, { method: "POST", body: "mode: observe" });
      const answers = await Promise.all(Array.from({ length: 100 }, ask));
      const statuses = answers.map(({ status }) => status);
      expect(statuses).toContain(200);
      expect(statuses).toContain(429);
      expect(await open.deliver()).toBe(202);
    } finally {
      await open.close();
    }
  });
});

describe("The webhook secret", () => {
  row(
    "E27",
    "the secret is changed: deliveries signed with either are accepted, and the metrics tell when the old one has gone",
    async () => {
      const bySecret = async () => metric(await door.text("/metrics"), "countersign_previous_secret_total");
      expect(await bySecret()).toBe(0);
      expect(await door.deliver({ id: "new" })).toBe(202);
      expect(await door.deliver({ id: "old", secret: PREVIOUS })).toBe(202);
      expect(await bySecret()).toBe(1);
      expect(await door.deliver({ id: "neither", secret: OTHER })).toBe(401);
    },
  );

  row("E27", "every delivery is signed with another secret", async () => {
    const refused = async () =>
      metric(await door.text("/metrics"), "countersign_refused_total", '{reason="signature"}');
    await honestArrivesOnce();
    const before = await refused();
    for (let sent = 0; sent < 5; sent++) expect(await door.deliver({ secret: OTHER })).toBe(401);
    expect(await refused()).toBe(before + 5);
    expect(JSON.parse(await door.text("/readyz"))).toMatchObject({
      webhooks: expect.stringMatching(/^5 with a wrong signature since .* set WEBHOOK_SECRET to the secret/),
    });
    expect(door.log()).toMatch(
      /"count":\d+,"remedy":"[^"]+","msg":"deliveries with a wrong signature were refused"/,
    );
  });

  row("E27", "a delivery comes without a signature", async () => {
    await honestArrivesOnce();
    const headers = {
      "content-type": "application/json",
      "x-github-event": "ping",
      "x-github-delivery": "1",
    };
    const address = `${door.address}/api/github/webhooks`;
    expect((await fetch(address, { method: "POST", headers, body: "{}" })).status).toBe(401);
    expect(JSON.parse(await door.text("/readyz"))).toMatchObject({
      webhooks: expect.stringContaining("1 with a wrong signature"),
    });
  });

  row(
    "E27",
    "strangers forge deliveries, and GitHub's are right: nothing is said of the secret",
    async () => {
      for (let sent = 0; sent < 5; sent++) await door.deliver({ secret: OTHER });
      expect(await door.deliver()).toBe(202);
      expect(JSON.parse(await door.text("/readyz"))).toMatchObject({ webhooks: "ok" });
    },
  );

  row("E27", "wrong signatures come every second: the log tells once a minute how many", async () => {
    const clock = new ManualClock();
    const log = notes();
    const signatures = new Signatures(clock, log);
    for (let second = 0; second < 150; second++) {
      signatures.wrong();
      await clock.advance(1_000);
    }
    expect(log.lines.map(({ level, fields }) => [level, fields.count])).toEqual([
      ["warn", 1],
      ["warn", 60],
      ["warn", 60],
    ]);
  });
});

describe("An event that nobody knows", () => {
  row.each<readonly (readonly [string, string, string])[]>([
    ["of a new name", "quantum_review", "{}"],
    ["with digits in its name", "secret_scanning_v2", '{"action":"opened"}'],
    ["with other signs in its name", "Repo.rule-set:2", '{"action":"1st try"}'],
    ["with the fields of known ones in other forms", "check_run2", '{"repository":[],"pull_request":"x"}'],
    ["with a list", "batch", "[1,2]"],
    ["known, with an action that is new", "pull_request", '{"action":"v2_opened"}'],
    ["known, with an action that is no name", "pull_request", '{"action":"\\u0000"}'],
  ])("E28", "a signed delivery is of an event that the app does not know: %s", async (_, event, body) => {
    const jobs = await queueAt(door.opsAddress);
    expect(await door.deliver({ event, body })).toBe(202);
    expect(await queueAt(door.opsAddress)).toEqual(jobs);
    expect(door.log()).not.toContain("request failed");
  });
});
