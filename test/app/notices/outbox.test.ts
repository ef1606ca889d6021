import { createHmac, timingSafeEqual } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { noteHappening } from "../../../src/app/notices/note.ts";
import { Outbox } from "../../../src/app/notices/outbox.ts";
import type { NoticeTarget } from "../../../src/app/operation/notice-settings.ts";
import type { Happening } from "../../../src/notices/happening.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { slackWebhook } from "../../notices/slack-shape.ts";
import { SECRET } from "../credentials.ts";
import { ManualClock, settled } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { type Received, Receiver } from "./receiver.ts";

const NOTHING: Received = { method: "", path: "", headers: {}, body: "" };
const WEEK_MS = 7 * 24 * 60 * 60_000;

let store: Store;
let clock: ManualClock;
let log: ReturnType<typeof notes>;
let platform: Receiver;
let audit: Receiver;
let counted: string[];
let outbox: Outbox;
/** Messages that were taken to be sent, and of which it is not known yet how that went. */
let underway: number;

beforeEach(async () => {
  store = counting(openSqliteStore(":memory:"));
  [clock, log, counted] = [new ManualClock(), notes(), []];
  [platform, audit] = [await Receiver.open(), await Receiver.open()];
  outbox = started();
});
afterEach(async () => {
  await outbox.stop();
  await Promise.all([platform.close(), audit.close()]);
  await store.close();
});

const targets = (): readonly NoticeTarget[] => [
  { name: "platform", address: platform.address, format: "slack" },
  { name: "audit", address: audit.address, format: "json" },
];

const noticed = (target: string | null, result: string, number = 1) =>
  void counted.push(`${target} ${result} ${number}`);

function counting(kept: Store): Store {
  underway = 0;
  return {
    ...kept,
    claimNotice: async (...given) => {
      const notice = await kept.claimNotice(...given);
      if (notice !== null) underway += 1;
      return notice;
    },
    noticeSent: async (...given) => {
      await kept.noticeSent(...given);
      underway -= 1;
    },
    retryNotice: async (...given) => {
      await kept.retryNotice(...given);
      underway -= 1;
    },
  };
}

/** As a process that starts over what is in the store. */
function started(): Outbox {
  const settings = { targets: targets(), secret: SECRET };
  const box = new Outbox({ store, clock, log, settings, github: "https://github.com", noticed });
  box.start();
  return box;
}

function refused(key: string): Happening {
  return {
    ...{ kind: "refused", key, at: clock.now().toISOString(), repository: "acme/shop" },
    ...{ pull: { number: 7, title: `<!channel> ${key}` }, by: ["olga"], areas: [key] },
  };
}

async function happens(happening: Happening, ...names: readonly string[]): Promise<void> {
  const addresses = { names: new Set(["platform", "audit"]), noticed, wake: () => outbox.wake() };
  await noteHappening({ store, clock, log, addresses }, names, happening);
}

/** What each message is about: the area of its one sentence. */
const told = (receiver: Receiver) => receiver.received.map(({ body }) => /\((\w+)\)/.exec(body)?.[1] ?? body);

/** Lets time pass until the receiver was sent so many; none while something is underway, which has its own limit. */
async function passUntil(receiver: Receiver, count: number): Promise<void> {
  while (receiver.received.length < count) {
    await landed();
    await clock.advance(1_000);
    await turn();
  }
  await landed();
}

async function landed(): Promise<void> {
  while (underway > 0) await turn();
}

/** It is known of so many tries how they went. */
async function untilCounted(tries: number): Promise<void> {
  while (counted.length < tries) await turn();
}

/** The network goes on by its own time. */
async function turn(): Promise<void> {
  for (let times = 0; times < 5; times++) await settled();
}

describe("an address is told what happened", () => {
  test("Slack in Slack's shape", async () => {
    await happens(refused("a"), "platform");
    await platform.until(1);
    const [message] = platform.received;
    expect(message).toMatchObject({ method: "POST", path: "/hook" });
    expect(message?.headers["content-type"]).toMatch(/^application\/json/);
    expect(Object.keys(message?.headers ?? {}).filter((name) => name.startsWith("x-"))).toEqual([]);
    expect(slackWebhook.parse(JSON.parse(message?.body ?? ""))).toMatchObject({
      text: "olga refused acme/shop#7 (a).",
    });
    expect(message?.body).not.toContain("<!channel>");
  });

  test("any other host in our own, signed with the time, under an id of its own", async () => {
    await happens(refused("a"), "audit");
    await audit.until(1);
    const [{ headers, body } = NOTHING] = audit.received;
    const id = headers["x-countersign-delivery"];
    expect(JSON.parse(body)).toMatchObject({ version: 1, id, kind: "refused", by: ["olga"], areas: ["a"] });
    const timestamp = String(headers["x-countersign-timestamp"]);
    expect(Number(timestamp)).toBe(clock.now().getTime() / 1000);
    const wanted = `sha256=${createHmac("sha256", SECRET).update(`${timestamp}.${body}`).digest("hex")}`;
    const given = String(headers["x-countersign-signature-256"]);
    expect(timingSafeEqual(Buffer.from(given), Buffer.from(wanted))).toBe(true);
  });

  test("once, however often it is noted, and each address by itself", async () => {
    for (let times = 0; times < 3; times++) await happens(refused("a"), "platform", "audit");
    await passUntil(platform, 1);
    await passUntil(audit, 1);
    await happens(refused("a"), "platform", "audit");
    await happens(refused("b"), "platform", "audit");
    await passUntil(platform, 2);
    await passUntil(audit, 2);
    expect([told(platform), told(audit)]).toEqual([
      ["a", "b"],
      ["a", "b"],
    ]);
  });

  test("in order, and no faster than one a second", async () => {
    for (const key of ["c", "a", "b"]) await happens(refused(key), "platform");
    await untilCounted(1);
    await clock.advance(999);
    await turn();
    // Nobody has taken the next.
    expect(await store.waitingNotices()).toEqual([{ target: "platform", notices: 2 }]);
    expect(await store.noticeDueAt("platform")).toEqual(new Date(Date.UTC(2026, 0, 1)));
    await passUntil(platform, 3);
    expect(told(platform)).toEqual(["c", "a", "b"]);
  });

  test("a name without an address is a remark, and holds up nothing", async () => {
    await happens(refused("a"), "nobody", "platform");
    await platform.until(1);
    expect(log.lines).toMatchObject([{ level: "warn", fields: { target: "nobody", kind: "refused" } }]);
    expect(counted[0]).toBe("null no-address 1");
  });
});

describe("an address that does not take it is told again", () => {
  test.each([
    ["an error", { status: 500 }, 5],
    ["too many", { status: 429, headers: { "retry-after": "120" } }, 120],
    [
      "a wait until a date",
      { status: 503, headers: { "retry-after": "Thu, 01 Jan 2026 00:10:00 GMT" } },
      600,
    ],
    ["a wait that is no time", { status: 503, headers: { "retry-after": "soon" } }, 5],
    ["a redirect, which is not followed", { status: 307, headers: { location: "/elsewhere" } }, 5],
    ["what is only half a success", { status: 304 }, 5],
  ] as const)("%s", async (_, answer, seconds) => {
    platform.answer(answer);
    await happens(refused("a"), "platform");
    await untilCounted(1);
    await clock.advance((seconds - 1) * 1000);
    await turn();
    expect(platform.received).toHaveLength(1);
    await passUntil(platform, 2);
    expect(platform.received.map(({ path }) => path)).toEqual(["/hook", "/hook"]);
    expect(counted).toEqual(["platform failed 1", "platform sent 1"]);
  });

  test("before anything that came later, under the same id, while others go on", async () => {
    audit.answer({ status: 500 }, { status: 500 });
    await happens(refused("a"), "audit", "platform");
    await happens(refused("b"), "audit", "platform");
    await passUntil(platform, 2);
    await passUntil(audit, 4);
    expect(told(audit)).toEqual(["a", "a", "a", "b"]);
    const ids = audit.received.map(({ headers }) => headers["x-countersign-delivery"]);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(new Set(ids).size).toBe(2);
  });

  test("less and less often, once an hour in the end, and given up after a week", async () => {
    platform.answer(...Array.from({ length: 300 }, () => ({ status: 500 })));
    await happens(refused("a"), "platform");
    const began = clock.now().getTime();
    const waits: number[] = [];
    for (let due: Date | null = clock.now(); due !== null; ) {
      const seen = counted.length;
      await clock.advance(due.getTime() - clock.now().getTime());
      while (counted.length === seen) await turn();
      due = await store.noticeDueAt("platform");
      if (due !== null) waits.push((due.getTime() - clock.now().getTime()) / 1000);
    }
    expect(waits.slice(0, 11)).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]);
    expect(new Set(waits.slice(10))).toEqual(new Set([3600]));
    expect(clock.now().getTime() - began).toBeGreaterThan(WEEK_MS);
    expect(clock.now().getTime() - began).toBeLessThan(WEEK_MS + 2 * 60 * 60_000);
    expect(counted.at(-1)).toBe("platform given-up 1");
    expect(log.lines.at(-1)).toMatchObject({ level: "error", fields: { target: "platform", notices: 1 } });
    expect(await store.noticeDueAt("platform")).toBeNull();
  });

  test("one that hangs is left after ten seconds, and others are told meanwhile", async () => {
    platform.answer("hang");
    await happens(refused("a"), "platform", "audit");
    await Promise.all([platform.until(1), audit.until(1)]);
    await untilCounted(1);
    await clock.advance(9_000);
    await turn();
    expect(counted).toEqual(["audit sent 1"]);
    await clock.advance(1_000);
    await untilCounted(2);
    expect(counted).toEqual(["audit sent 1", "platform failed 1"]);
    await passUntil(platform, 2);
    expect(told(platform)).toEqual(["a", "a"]);
  });

  test("nobody at all at the address", async () => {
    const { address } = platform;
    await platform.close();
    await happens(refused("a"), "platform");
    await untilCounted(1);
    expect(counted).toEqual(["platform failed 1"]);
    platform = await Receiver.open();
    expect(log.lines[0]?.message).toBe("a notice was not taken");
    expect(JSON.stringify(log.lines)).not.toContain(address);
  });
});

describe("a process that ends loses nothing", () => {
  test("what was noted and not told is told by the next", async () => {
    await outbox.stop();
    await happens(refused("a"), "platform");
    outbox = started();
    await platform.until(1);
    expect(told(platform)).toEqual(["a"]);
  });

  test("what was sent and not answered is sent again, at once where it ended in order", async () => {
    platform.answer("hang");
    await happens(refused("a"), "platform");
    await platform.until(1);
    await outbox.stop();
    outbox = started();
    await platform.until(2);
    expect(told(platform)).toEqual(["a", "a"]);
    expect(counted).not.toContain("platform failed 1");
  });

  test("after a kill it is sent again when the lease is over, and what comes behind it waits", async () => {
    await happens(refused("a"), "audit");
    await untilCounted(1);
    await outbox.stop();
    await happens(refused("b"), "audit");
    await happens(refused("c"), "audit");
    // A process that took it, and was never heard of again.
    expect(await store.claimNotice("audit", clock.now(), 30_000)).toMatchObject({ attempts: 1 });
    underway = 0;
    outbox = started();
    await turn();
    expect(told(audit)).toEqual(["a"]);
    await passUntil(audit, 3);
    expect(told(audit)).toEqual(["a", "b", "c"]);
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 1, 0, 0, 30));
  });
});

test("too many for an address that takes none: the oldest are dropped, routine ones first", async () => {
  platform.answer({ status: 500 });
  const asked = (key: string): Happening => ({ ...refused(key), kind: "asked" });
  await happens(refused("first"), "platform");
  for (let index = 0; index < 1_000; index++) await happens(asked(`n${index}`), "platform");
  expect(counted.filter((each) => each.includes("dropped"))).toEqual(["platform dropped 1"]);
  expect(log.lines.filter(({ level }) => level === "error")).toMatchObject([{ fields: { dropped: 1 } }]);
  await passUntil(platform, 2);
  expect(told(platform).slice(0, 2)).toEqual(["first", "first"]);
});
