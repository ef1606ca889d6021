import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Participant } from "../../../src/signoff/snapshot.ts";
import { headFact } from "../../../src/store/fact.ts";
import type { News } from "../../../src/store/jobs.ts";
import { openSqliteReader } from "../../../src/store/sqlite/read-only.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Task } from "../../../src/store/task.ts";
import { storeContract } from "../contract.ts";
import { startChild } from "../kill.ts";
import { ledgerEntry } from "../ledger-contract.ts";
import { expectLedgerRead } from "../ledger-reading.ts";

storeContract("the embedded store", async () => openSqliteStore(":memory:"));

const task: Task = {
  kind: "head",
  headSha: "s1",
  pulls: [1],
  installationId: 7,
  repositoryId: 70,
  owner: "acme",
  repo: "shop",
};
const now = new Date("2026-01-01T00:00:00Z");
const NOTHING_TO_RECORD = {
  ...{ approvals: [], refusals: [], evidence: [], participants: [], commits: [], accounts: [] },
  change: null,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-store-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, "countersign.sqlite");

describe("on disk", () => {
  test("what was accepted is there after closing and opening again", async () => {
    const first = openSqliteStore(folder);
    await first.accept({ id: "a", event: "push", action: null }, { tasks: [task] }, now);
    await first.recordHead(task, 1, "s1", now);
    await first.close();
    const second = openSqliteStore(folder);
    expect(await second.accept({ id: "a", event: "push", action: null }, { tasks: [task] }, now)).toBe(false);
    expect((await second.claim(now, 1000))?.task).toEqual(task);
    expect(await second.pullsWithHead(task, "s1")).toEqual([1]);
    await second.close();
  });

  test("E25 what many approvals covered is kept once, and an approval whose content is gone covers nothing", async () => {
    const store = openSqliteStore(folder);
    const content = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`infra/production/part-${index}.tf`, "b".repeat(120)]),
    );
    const approvals = Array.from({ length: 40 }, (_, index) => ({
      ...{ reviewId: index, reviewerId: index, headSha: "s1", baseRef: "main", seenAt: "now", content },
    }));
    await store.record(task, 1, { ...NOTHING_TO_RECORD, by: { headSha: "s1", asOf: 0, at: now }, approvals });
    expect((await store.remember(task, 1)).approvals).toEqual(approvals);
    await store.close();
    expect(statSync(file()).size).toBeLessThan(500_000);

    const inside = new DatabaseSync(file());
    inside.exec("DELETE FROM content");
    inside.close();
    const again = openSqliteStore(folder);
    expect((await again.remember(task, 1)).approvals[0]).toMatchObject({ reviewId: 0, content: {} });
    await again.close();
  });

  test("the journal is written ahead, so a crash in the middle of a commit harms nothing", () => {
    const store = openSqliteStore(folder);
    const peek = new DatabaseSync(file(), { readOnly: true });
    expect(peek.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    peek.close();
    return store.close();
  });

  test("closing twice is closing once", async () => {
    const store = openSqliteStore(folder);
    await store.close();
    await store.close();
  });

  test("one folder serves one store: a second is refused, and welcome once the first is closed", async () => {
    const first = openSqliteStore(folder);
    expect(() => openSqliteStore(folder)).toThrow(/is used by another running Countersign/);
    await first.close();
    await openSqliteStore(folder).close();
  });

  test("a schema newer than this version is refused and left alone", async () => {
    await openSqliteStore(folder).close();
    const newer = new DatabaseSync(file());
    newer.exec("PRAGMA user_version = 99");
    newer.close();
    expect(() => openSqliteStore(folder)).toThrow(/schema 99, this version of Countersign knows up to \d+/);
    // The refusal gave the folder back.
    const after = new DatabaseSync(file());
    expect(after.prepare("PRAGMA user_version").get()).toEqual({ user_version: 99 });
    after.close();
  });
});

describe("the ledger", () => {
  test("the database refuses to change or remove an entry", async () => {
    const store = openSqliteStore(folder);
    await store.append([ledgerEntry()]);
    const editor = new DatabaseSync(file());
    for (const change of ["UPDATE ledger_entry SET data = '{}'", "DELETE FROM ledger_entry"])
      expect(() => editor.exec(change)).toThrow("append-only");
    editor.close();
    await store.close();
  });
});

/** Of a table and its indexes, without what their pages have left. */
function bytesOf(table: string): number {
  const database = new DatabaseSync(join(folder, "countersign.sqlite"), { readOnly: true });
  const sizes = `SELECT sum(pgsize - unused) AS bytes FROM dbstat
    WHERE name IN (SELECT name FROM sqlite_schema WHERE tbl_name = ?)`;
  const row = database.prepare(sizes).get(table);
  database.close();
  return Number(row?.bytes);
}

describe("what a stranger makes the store keep", () => {
  const DELIVERIES = 500;
  const shop = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
  const eve = { id: 3, login: "eve", type: "User" } as const;
  const participant: Participant = { account: eve, role: "requester", because: "gave an agent a command" };
  const sha = (index: number) => index.toString(16).padStart(40, "0");
  const news = (index: number): News => ({
    tasks: [],
    about: shop,
    commits: [{ sha: sha(index), participants: [participant], evidence: [] }],
    invalidation: { facts: [headFact(shop, sha(index))] },
  });

  test.each([
    { table: "delivery", most: 30 },
    { table: "participant", most: 200 },
    // One of the commit as a head, one of what is known of it.
    { table: "invalidation", most: 160 },
  ])("a delivery takes up to $most bytes of $table", async ({ table, most }) => {
    const store = openSqliteStore(folder);
    const accept = (index: number) =>
      store.accept({ id: randomUUID(), event: "push", action: null }, news(index), now);
    await accept(0);
    const before = bytesOf(table);
    await Promise.all(Array.from({ length: DELIVERIES }, (_, index) => accept(index + 1)));
    expect((bytesOf(table) - before) / DELIVERIES).toBeLessThan(most);
    await store.close();
  });
});

describe("after kill -9", () => {
  test("every acknowledged delivery is there, and a job in work is free again at once", async () => {
    using child = await startChild(folder);
    const acknowledged = await child.killAfter(200);
    const store = openSqliteStore(folder);
    for (const id of acknowledged) {
      expect(await store.accept({ id, event: "push", action: null }, { tasks: [] }, now)).toBe(false);
    }
    const inWork = await store.claim(new Date(), 1000);
    expect(inWork).toMatchObject({ attempts: 1, task: { headSha: "0" } });
    expect(await store.depth()).toBeGreaterThanOrEqual(acknowledged.length);
    await store.close();
  });

  test("a folder held by a living process is refused, and free when that process was killed", async () => {
    using child = await startChild(folder);
    expect(() => openSqliteStore(folder)).toThrow(/is used by another running Countersign/);
    await child.killAfter(1);
    await openSqliteStore(folder).close();
  });
});

describe("a reader beside the running store", () => {
  test("remembers what the store does", async () => {
    const store = openSqliteStore(folder);
    await store.recordHead(task, 1, "s1", now);
    const reader = openSqliteReader(folder);
    await store.recordHead(task, 1, "s2", now);
    expect(await reader.remember(task, 1)).toEqual(await store.remember(task, 1));
    expect((await reader.remember(task, 1)).headSha).toBe("s2");
    await expectLedgerRead(store, reader);
    await reader.close();
    await store.close();
  });

  test.each([
    { version: 99, says: /schema 99, this version of Countersign knows up to/ },
    { version: 1, says: /schema 1, but this version of Countersign reads schema/ },
  ])("refuses schema $version and leaves it alone", async ({ version, says }) => {
    await openSqliteStore(folder).close();
    const database = new DatabaseSync(file());
    database.exec(`PRAGMA user_version = ${version}`);
    database.close();
    expect(() => openSqliteReader(folder)).toThrow(says);
    const left = new DatabaseSync(file(), { readOnly: true });
    expect(left.prepare("PRAGMA user_version").get()).toEqual({ user_version: version });
    left.close();
  });

  test("makes no store where there is none", () => {
    expect(() => openSqliteReader(folder)).toThrow();
    expect(existsSync(file())).toBe(false);
  });
});
