import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "@jest/globals";
import { statement } from "../../../src/store/sql/sql.ts";
import { sqliteDatabase, sqliteExecutor } from "../../../src/store/sqlite/database.ts";
import { sharedSync } from "../../../src/store/sqlite/disk.ts";

/** Each sync ends when it is told to. */
function disk() {
  const running: PromiseWithResolvers<void>[] = [];
  const told: string[] = [];
  const settled = sharedSync(() => {
    const one = Promise.withResolvers<void>();
    running.push(one);
    return one.promise;
  });
  const wait = (who: string) => {
    settled().then(
      () => told.push(who),
      () => told.push(`${who}: failed`),
    );
    return rest();
  };
  return { running, told, wait };
}

/** All that can be done without the disk is done. */
const rest = () => new Promise((resolve) => setImmediate(resolve));

describe("waiting for the disk", () => {
  test("whoever committed after a sync began waits for the next, together with all who came meanwhile", async () => {
    const { running, told, wait } = disk();
    await wait("first");
    await wait("second");
    await wait("third");
    expect(running).toHaveLength(1);
    running[0]?.resolve();
    await rest();
    expect(told).toEqual(["first"]);
    expect(running).toHaveLength(2);
    running[1]?.resolve();
    await rest();
    expect(told).toEqual(["first", "second", "third"]);
  });

  test("after a sync that failed nobody is told that anything is on disk", async () => {
    const { running, told, wait } = disk();
    await wait("first");
    await wait("second");
    running[0]?.reject(new Error("input/output error"));
    await rest();
    await wait("third");
    expect(told).toEqual(["first: failed", "second: failed", "third: failed"]);
    expect(running).toHaveLength(1);
  });
});

describe("a statement of the embedded store", () => {
  const insert = statement("INSERT INTO main.kept (word) VALUES ($1)", "a");
  const read = statement("SELECT word FROM main.kept");
  const nothing = statement("UPDATE main.kept SET word = $1 WHERE word = $2", "b", "none such");

  test.each([
    ["that writes waits for the disk", [insert], true],
    ["waits for it where any of its transaction writes", [read, insert], true],
    ["that reads waits for nothing", [read], false],
    ["that finds nothing to change waits for nothing", [nothing, read], false],
  ])("%s", async (_, statements, waits) => {
    await expectWaiting(waits, (database) => database.run(statements));
  });

  test.each([
    ["that writes step by step waits for it, too", [insert], true],
    ["that reads step by step waits for nothing", [read], false],
  ])("%s", async (_, statements, waits) => {
    await expectWaiting(waits, (database) =>
      database.transact(function* () {
        for (const one of statements) yield [one];
      }),
    );
  });

  async function expectWaiting(
    waits: boolean,
    work: (database: ReturnType<typeof sqliteDatabase>) => Promise<unknown>,
  ): Promise<void> {
    const database = new DatabaseSync(":memory:");
    database.exec("CREATE TABLE kept (word TEXT)");
    const onDisk = Promise.withResolvers<void>();
    const disk = { settled: () => onDisk.promise, release: () => {} };
    let isAnswered = false;
    const answer = work(sqliteDatabase(database, sqliteExecutor(database), disk)).then(() => {
      isAnswered = true;
    });
    await rest();
    expect(isAnswered).toBe(!waits);
    onDisk.resolve();
    await answer;
  }
});
