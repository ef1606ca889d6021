import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { AuditSink } from "../../../src/app/ledger/audit-sink.ts";
import type { LinkedEntry } from "../../../src/ledger/entry.ts";
import { verifyChain } from "../../../src/ledger/verify.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { ledgerEntry, shop } from "../../store/ledger-contract.ts";
import { ManualClock, settled } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { Receiver } from "../notices/receiver.ts";

let store: Store;
let clock: ManualClock;
let log: ReturnType<typeof notes>;
let written: string[];
let sinks: AuditSink[];

beforeEach(() => {
  store = openSqliteStore(":memory:");
  [clock, log, written, sinks] = [new ManualClock(), notes(), [], []];
});
afterEach(async () => {
  await Promise.all(sinks.map((sink) => sink.stop()));
  await store.close();
});

const write = async (text: string) => void written.push(text);

async function tell(more: Partial<ConstructorParameters<typeof AuditSink>[0]> = {}): Promise<AuditSink> {
  const sink = new AuditSink({ store, clock, log, target: { to: "stdout" }, write, ...more });
  sinks.push(sink);
  sink.start();
  await settled();
  return sink;
}

const lines = () =>
  written.flatMap((text) => text.trimEnd().split("\n")).map((line) => JSON.parse(line) as LinkedEntry);
const append = (count: number, repository = shop) =>
  store.append(Array.from({ length: count }, () => ledgerEntry({ repository })));

test("tells every entry once, in its order, by which the chain can be checked elsewhere", async () => {
  await append(250);
  await append(2, { ...shop, installationId: 8 });
  await tell();
  await settled();
  expect(lines()).toHaveLength(252);
  for (const [installation, entries] of [
    [7, 250],
    [8, 2],
  ] as const) {
    const own = lines().filter(({ entry }) => entry.installation === installation);
    expect(await verifyChain(installation, own)).toMatchObject({ damages: [], entries });
  }
  await append(1);
  await clock.advance(5_000);
  expect(lines().map(({ entry }) => entry.seq)).toHaveLength(253);
  expect(lines().at(-1)?.entry.seq).toBe(251);
});

test("goes on where another process ended, and one tells at a time", async () => {
  await append(3);
  const first = await tell();
  await tell();
  expect(lines()).toHaveLength(3);
  await first.stop();
  await append(1);
  await clock.advance(40_000);
  expect(lines().map(({ entry }) => entry.seq)).toEqual([1, 2, 3, 4]);
});

test("tells again what was not taken, later and later, and nothing is left out", async () => {
  await append(1);
  let failures = 3;
  const refusing = async (text: string) => {
    if (failures-- > 0) throw new Error("closed");
    await write(text);
  };
  await tell({ write: refusing });
  for (const ms of [5_000, 10_000]) await clock.advance(ms);
  expect(lines()).toEqual([]);
  await clock.advance(20_000);
  expect(lines().map(({ entry }) => entry.seq)).toEqual([1]);
});

test("posts lines of JSON, follows no redirect, and tries again", async () => {
  const receiver = await Receiver.open();
  const { address } = receiver;
  receiver.answer({ status: 302, headers: { location: "/elsewhere" } }, { status: 500 });
  await append(2);
  await tell({ target: { to: "https", address } });
  for (const seconds of [5, 10]) {
    while (log.lines.at(-1)?.fields.seconds !== seconds) await settled();
    await clock.advance(seconds * 1_000);
  }
  await receiver.until(3);
  expect(receiver.received.map(({ path }) => path)).toEqual(["/hook", "/hook", "/hook"]);
  const [first, , third] = receiver.received;
  expect(third?.body).toBe(first?.body);
  expect(third?.headers["content-type"]).toBe("application/x-ndjson");
  expect(third?.body.trimEnd().split("\n")).toHaveLength(2);
  await receiver.close();
});
