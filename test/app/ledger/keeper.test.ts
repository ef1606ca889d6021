import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { LedgerKeeper } from "../../../src/app/ledger/keeper.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { chainOf, expectWhole, ledgerEntry, shop } from "../../store/ledger-contract.ts";
import { FakeGitHub } from "../fake-github.ts";
import { ManualClock, settled } from "../manual-clock.ts";
import { notes } from "../notes.ts";

const DAY = 24 * 60 * 60_000;

let store: Store;
let clock: ManualClock;
let github: FakeGitHub;
let log: ReturnType<typeof notes>;
let keepers: LedgerKeeper[];

beforeEach(async () => {
  store = openSqliteStore(":memory:");
  [clock, github, log, keepers] = [new ManualClock(), new FakeGitHub(), notes(), []];
  await store.seeRepositories([{ ...shop, nodeId: null, createdAt: null }]);
});
afterEach(async () => {
  await Promise.all(keepers.map((keeper) => keeper.stop()));
  await store.close();
});

async function keep(more: Partial<ConstructorParameters<typeof LedgerKeeper>[0]> = {}): Promise<void> {
  const keeper = new LedgerKeeper({ store, github, clock, log, ...more });
  keepers.push(keeper);
  keeper.start();
  await settled();
}

const told = () => log.lines.map(({ level, message }) => `${level}: ${message}`);
const append = (at = clock.now()) => store.append([ledgerEntry({ at: at.toISOString() })]);

test("chains what an earlier version wrote, at the start and what comes late", async () => {
  const batches = [200, 5, 0, 3, 0];
  const carryOver = async () => batches.shift() ?? 0;
  await keep({ store: { ...store, carryOver } });
  expect(log.lines).toMatchObject([
    { fields: { entries: 205 }, message: "chained the ledger of an earlier version" },
  ]);
  await clock.advance(60_000);
  expect(log.lines[1]).toMatchObject({ fields: { entries: 3 } });
});

test("notes the ledger's end on GitHub once a day, whichever process it is", async () => {
  await append();
  const [first] = await chainOf(store);
  await Promise.all([keep(), keep()]);
  expect(github.calls).toEqual([`note ${first?.hash} on shop s1`]);
  await append();
  const second = (await chainOf(store)).at(-1);
  await clock.advance(DAY);
  expect(github.calls.slice(1)).toEqual([`note ${second?.hash} on shop s1`]);
});

test("notes nothing of a ledger without entries", async () => {
  await keep();
  expect([github.calls, log.lines]).toEqual([[], []]);
});

test("a status that GitHub refuses is told and holds nothing up", async () => {
  await append();
  github.before["ledger status"] = () => Promise.reject(new Error("no"));
  await keep();
  expect(told()).toEqual(["warn: the ledger could not be anchored in a commit status"]);
});

test("removes what is too old, behind a checkpoint, with the App's word", async () => {
  const daysAgo = (days: number) => new Date(clock.now().getTime() - days * DAY);
  for (const days of [600, 401, 399, 1]) await append(daysAgo(days));
  await keep({ keptDays: 400, signer: async () => (fields) => `signed ${fields.through}` });
  expect((await chainOf(store)).map(({ entry }) => [entry.seq, entry.kind])).toEqual([
    [3, "verdict"],
    [4, "verdict"],
    [5, "checkpoint"],
  ]);
  expect((await chainOf(store))[2]?.entry.data).toMatchObject({ through: 2, signature: "signed 2" });
  await expectWhole(store);
  expect(told()).toEqual(["info: entries of the ledger are removed"]);
  await clock.advance(2 * DAY);
  expect((await chainOf(store)).map(({ entry }) => entry.seq)).toEqual([4, 5, 6]);
});

test.each([
  [183, ["warn: COUNTERSIGN_LEDGER_DAYS keeps the ledger for less than six months"]],
  [184, []],
  [undefined, []],
])("says so when the ledger is kept for less than six months: %s days", async (keptDays, lines) => {
  await keep(keptDays === undefined ? {} : { keptDays });
  expect(told()).toEqual(lines);
});
