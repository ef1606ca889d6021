import { afterAll, describe, expect, test } from "@jest/globals";
import { Client, Pool } from "pg";
import { postgresDatabase } from "../../../src/store/postgres/database.ts";
import { openPostgresStore } from "../../../src/store/postgres/postgres.ts";
import { openPostgresReader } from "../../../src/store/postgres/read-only.ts";
import { statement } from "../../../src/store/sql/sql.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Task } from "../../../src/store/task.ts";
import { eachMoveJudgedOnce } from "../../app/watch/history.ts";
import { fc } from "../../fast-check.ts";
import { storeContract } from "../contract.ts";
import { expectErasure } from "../erasure-contract.ts";
import { chainOf, expectWhole, ledgerEntry, shop } from "../ledger-contract.ts";
import { expectLedgerRead } from "../ledger-reading.ts";
import { publication } from "../passes-contract.ts";
import { startPostgres } from "./postgres-server.ts";

const server = await startPostgres();
afterAll(() => server?.stop());

const now = new Date("2026-01-01T00:00:00Z");
const LEASE = 60_000;
const head = (headSha: string): Task => {
  return {
    kind: "head",
    headSha,
    pulls: [1],
    installationId: 7,
    repositoryId: 70,
    owner: "acme",
    repo: "shop",
  };
};

async function run(url: string, ...statements: readonly string[]) {
  const client = new Client({
    connectionString: url,
    application_name: "test",
    connectionTimeoutMillis: 5000,
    keepAlive: false,
  });
  await client.connect();
  try {
    let result = await client.query("SELECT 1");
    for (const statement of statements) result = await client.query(statement);
    return result.rows;
  } finally {
    await client.end();
  }
}

if (server) {
  const shared = await server.database();
  storeContract("PostgreSQL", async () => {
    await run(shared, "DROP SCHEMA IF EXISTS countersign CASCADE");
    return openPostgresStore(shared);
  });
}

(server ? describe : describe.skip)("one database, many processes", () => {
  const databaseOf = async () => (await server?.database()) ?? "";

  test("replicas that start together agree on one schema", async () => {
    const url = await databaseOf();
    const stores = await Promise.all(Array.from({ length: 6 }, () => openPostgresStore(url)));
    await stores[0]?.enqueue([head("a")], "direct", now);
    expect(await Promise.all(stores.map((store) => store.depth()))).toEqual([1, 1, 1, 1, 1, 1]);
    await closeAll(stores);
  });

  test("a schema newer than this version is refused and left alone", async () => {
    const url = await databaseOf();
    await (await openPostgresStore(url)).close();
    await run(url, "UPDATE countersign.schema_version SET version = 99");
    await expect(openPostgresStore(url)).rejects.toThrow(
      /schema 99, this version of Countersign knows up to \d+/,
    );
    expect(await run(url, "SELECT version FROM countersign.schema_version")).toEqual([{ version: 99 }]);
  });

  test("a reader remembers what the store does, and refuses another schema", async () => {
    const url = await databaseOf();
    const store = await openPostgresStore(url);
    const shop = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
    await store.recordHead(shop, 1, "s1", now);
    const reader = await openPostgresReader(url);
    expect(await reader.remember(shop, 1)).toEqual(await store.remember(shop, 1));
    expect((await reader.remember(shop, 1)).headSha).toBe("s1");
    await expectLedgerRead(store, reader);
    await reader.close();
    await store.close();
    await run(url, "UPDATE countersign.schema_version SET version = 1");
    await expect(openPostgresReader(url)).rejects.toThrow(/schema 1, but this version of Countersign reads/);
  });

  test("E04 a hundred claims of two replicas at once give each job to one of them", async () => {
    const url = await databaseOf();
    const [one, two] = await Promise.all([openPostgresStore(url), openPostgresStore(url)]);
    await one.enqueue(
      Array.from({ length: 60 }, (_, index) => head(`s${index}`)),
      "direct",
      now,
    );
    const claims = Array.from({ length: 100 }, (_, index) => (index % 2 ? one : two).claim(now, LEASE));
    const keys = (await Promise.all(claims)).flatMap((job) => (job ? [job.key] : []));
    expect(new Set(keys).size).toBe(keys.length);
    // A claim that found the row of another one locked went past it.
    while (await one.claim(now, LEASE)) keys.push("late");
    expect(keys).toHaveLength(60);
    await closeAll([one, two]);
  });

  test("E04 two replicas that ask for one head at once make one job that knows both requests", async () => {
    const url = await databaseOf();
    const stores = await Promise.all([openPostgresStore(url), openPostgresStore(url)]);
    const requests = Array.from({ length: 40 }, (_, pull) =>
      stores[pull % 2]?.accept(
        { id: String(pull), event: "push", action: null },
        { tasks: [{ ...head("s"), pulls: [pull] } as Task, { kind: "installation", installationId: 7 }] },
        now,
      ),
    );
    await Promise.all(requests);
    const [store] = stores;
    expect(await store.depth()).toBe(2);
    const jobs = [await store.claim(now, LEASE), await store.claim(now, LEASE)];
    const job = jobs.find((each) => each?.task.kind === "head");
    expect(job?.task).toMatchObject({ pulls: Array.from({ length: 40 }, (_, pull) => pull) });
    expect(job?.generation).toBeGreaterThan(1);
    await closeAll(stores);
  });

  test("a delivery that two replicas get at once is accepted by one", async () => {
    const url = await databaseOf();
    const stores = await Promise.all([openPostgresStore(url), openPostgresStore(url)]);
    const delivery = { id: "a", event: "push", action: null };
    const answers = await Promise.all(
      stores.map((store) => store.accept(delivery, { tasks: [head("a")] }, now)),
    );
    expect(answers.toSorted()).toEqual([false, true]);
    await closeAll(stores);
  });

  test("one process hears when another puts something into the queue", async () => {
    const url = await databaseOf();
    const [one, two] = await Promise.all([openPostgresStore(url), openPostgresStore(url)]);
    const heard = new Promise<void>((resolve) => two.onNews(resolve));
    await one.enqueue([head("a")], "direct", now);
    await heard;
    await closeAll([one, two]);
  });

  test("the jobs of a process that died are free for the next one that starts, those of the living are not", async () => {
    const url = await databaseOf();
    const [dead, living] = await Promise.all([openPostgresStore(url), openPostgresStore(url)]);
    await dead.enqueue([head("a"), head("b")], "direct", now);
    const taken = await dead.claim(now, LEASE);
    await living.claim(now, LEASE);
    await dead.close();
    const next = await openPostgresStore(url);
    expect(await next.claim(now, LEASE)).toMatchObject({ key: taken?.key, attempts: 1 });
    expect(await next.claim(now, LEASE)).toBeNull();
    await closeAll([living, next]);
  });

  test("E04 of two transactions that wait for each other, the one that the server ends begins again", async () => {
    const url = await databaseOf();
    const store = await openPostgresStore(url);
    await store.enqueue([head("a"), head("b")], "direct", now);
    const other = await otherProcess(url);
    const hold = (sha: string) =>
      other.query(`UPDATE countersign.job SET place = 7 WHERE key LIKE '%${sha}'`);
    await other.query("BEGIN");
    await hold("b");
    // In the order of the keys: it has the first and waits for the second.
    const asked = store.enqueue([head("a"), head("b")], "direct", now);
    await waiting(url);
    await hold("a");
    await other.query("COMMIT");
    await asked;
    expect(await run(url, "SELECT generation FROM countersign.job")).toEqual([
      { generation: 2 },
      { generation: 2 },
    ]);
    await other.end();
    await store.close();
  });

  test("E04 what is forgotten of a merge group is taken in the order in which a write is noted", async () => {
    const url = await databaseOf();
    const store = await openPostgresStore(url);
    const shop = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
    await store.intend(publication("s1", { facts: [] }), now, now);
    const other = await otherProcess(url);
    await other.query("BEGIN");
    // As every note of a write begins.
    await other.query("SELECT FROM countersign.published_check FOR UPDATE");
    const told = store.accept(
      { id: "a", event: "merge_group", action: "destroyed" },
      { tasks: [], about: shop, destroyed: [{ headSha: "s1", merged: true }] },
      now,
    );
    await waiting(url);
    const noted = await other.query("SELECT id FROM countersign.intention FOR UPDATE NOWAIT");
    await other.query("COMMIT");
    expect(noted.rows).toHaveLength(1);
    await told;
    expect(await run(url, "SELECT id FROM countersign.intention")).toEqual([]);
    await other.end();
    await store.close();
  });

  test("of statements that go there together none is kept where one fails, and the connection goes on", async () => {
    const pool = new Pool({
      ...{ connectionString: await databaseOf(), application_name: "test", connectionTimeoutMillis: 5000 },
      ...{ pipeline: true, max: 1 },
    });
    // As the store does: the server may be gone before its connections are.
    pool.on("error", () => {});
    const database = postgresDatabase(pool);
    await database.run([
      statement("CREATE SCHEMA countersign"),
      statement("CREATE TABLE main.job (place INT)"),
    ]);
    const put = (place: number) => statement("INSERT INTO main.job VALUES (12 / CAST($1 AS INT))", place);
    const counted = statement("SELECT place FROM main.job ORDER BY place");
    const some = [put(1), put(0), counted, put(2), counted];
    await expect(database.run(some)).rejects.toThrow("division by zero");
    await expect(database.run(some)).rejects.toThrow("division by zero");
    expect((await database.run([counted, put(3), put(4), counted])).map((rows) => rows.length)).toEqual([
      0, 0, 0, 2,
    ]);
    await pool.end();
  });

  test("a database in which transactions are serializable changes nothing", async () => {
    const url = await databaseOf();
    const name = new URL(url).pathname.slice(1);
    await run(url, `ALTER DATABASE ${name} SET default_transaction_isolation = serializable`);
    const stores = await Promise.all([openPostgresStore(url), openPostgresStore(url)]);
    const all = Array.from({ length: 40 }, (_, index) => index);
    const news = all.map((pull) =>
      stores[pull % 2]?.accept(
        { id: String(pull), event: "push", action: null },
        { tasks: [{ ...head("s"), pulls: [pull] } as Task], invalidation: { facts: [] } },
        now,
      ),
    );
    expect(await Promise.all(news)).toEqual(all.map(() => true));
    expect((await stores[0].claim(now, LEASE))?.task).toMatchObject({ pulls: all });
    await closeAll(stores);
  });

  test("goes on after the server cut every connection", async () => {
    const url = await databaseOf();
    const store = await openPostgresStore(url);
    await store.enqueue([head("a")], "direct", now);
    const back = new Promise<void>((resolve) => store.onNews(resolve));
    await run(
      url,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'countersign' AND datname = current_database()",
    );
    await back;
    // A connection whose end was not heard of yet fails once; the worker tries again as well.
    const depth = async (tries: number): Promise<number> =>
      store.depth().catch((error: unknown) => {
        if (tries === 0) throw error;
        return depth(tries - 1);
      });
    expect(await depth(20)).toBe(1);
    await store.close();
  });

  test("the password is changed: what is open goes on, and a new process takes the new one", async () => {
    const admin = new URL(await databaseOf());
    const database = admin.pathname.slice(1);
    await run(
      admin.href,
      "CREATE ROLE operator LOGIN PASSWORD 'first'",
      `GRANT CREATE, CONNECT ON DATABASE "${database}" TO operator`,
    );
    const own = new URL(admin);
    own.username = "operator";
    own.password = "";
    const running = await openPostgresStore(own.href, "first");
    await running.enqueue([head("a")], "direct", now);

    await run(admin.href, "ALTER ROLE operator PASSWORD 'second'");

    await running.enqueue([head("b")], "direct", now);
    await expect(openPostgresStore(own.href, "first")).rejects.toThrow("password");
    const next = await openPostgresStore(own.href, "second");
    expect(await next.depth()).toBe(2);
    await Promise.all([running.close(), next.close()]);
  });

  test("every move of a governed branch is judged as a model says, exactly once", async () => {
    const url = await databaseOf();
    const open = async () => {
      await run(url, "DROP SCHEMA IF EXISTS countersign CASCADE");
      return openPostgresStore(url);
    };
    await fc.assert(eachMoveJudgedOnce(open), { numRuns: 5 });
  });

  test("the ledger keeps its entries, and the database refuses to change or remove one", async () => {
    const url = await databaseOf();
    const store = await openPostgresStore(url);
    await store.append([ledgerEntry()]);
    for (const change of [
      "UPDATE countersign.ledger_entry SET data = ''",
      "DELETE FROM countersign.ledger_entry",
      "TRUNCATE countersign.ledger_entry",
    ])
      await expect(run(url, change)).rejects.toThrow("append-only");
    await store.close();
  });

  test("E04 replicas that append at once while their connections are cut make one chain, without a gap or a fork", async () => {
    const url = await databaseOf();
    const stores = await Promise.all([openPostgresStore(url), openPostgresStore(url)]);
    const acknowledged: number[] = [];
    const appendAll = async (store: Store, from: number) => {
      for (let pull = from; pull < from + 60; pull += 1) {
        const entries = [
          ledgerEntry({ pull }),
          ledgerEntry({ pull, repository: { ...shop, installationId: 8 } }),
        ];
        // Some fail by themselves in the middle of the transaction.
        const given = pull % 7 === 0 ? [...entries, ledgerEntry({ data: 1n })] : entries;
        await store.append(given).then(
          () => acknowledged.push(pull),
          () => {},
        );
      }
    };
    let running = true;
    const cut = async () => {
      while (running)
        await run(
          url,
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE application_name = 'countersign' AND query LIKE '%ledger%' AND pid <> pg_backend_pid()
           ORDER BY random() LIMIT 1`,
        );
    };
    const cutting = cut();
    await Promise.all(
      stores.flatMap((store, index) => [
        appendAll(store, index * 1_000),
        appendAll(store, index * 1_000 + 500),
      ]),
    );
    running = false;
    await cutting;

    const [store] = stores;
    if (store === undefined) throw new Error("there are two");
    for (const installation of [7, 8]) {
      await expectWhole(store, installation);
      const pulls = (await chainOf(store, installation)).map(({ entry }) => entry.pull ?? 0);
      expect(new Set(pulls).size).toBe(pulls.length);
      expect(pulls).toEqual(expect.arrayContaining(acknowledged));
    }
    expect(acknowledged.length).toBeGreaterThan(10);
    await closeAll(stores);
  });

  test("two replicas chain the ledger of the version before together", async () => {
    const url = await databaseOf();
    const stores = await Promise.all([openPostgresStore(url), openPostgresStore(url)]);
    await run(
      url,
      `INSERT INTO countersign.ledger (at, repository, pull, head_sha, kind, data)
       SELECT '2026-01-01', 'acme/shop', n, 's1', 'verdict', '{}' FROM generate_series(1, 1500) AS n`,
    );
    const [store] = stores;
    if (store === undefined) throw new Error("there are two");
    await store.seeRepositories([{ ...shop, nodeId: null, createdAt: null }]);
    const carry = async (each: Store) => {
      for (;;) if ((await each.carryOver()) === 0) return;
    };
    await Promise.all([
      ...stores.map(carry),
      ...stores.map((each) => each.append([ledgerEntry({ pull: 9_999 })])),
    ]);
    await carry(store);
    await expectWhole(store);
    const pulls = (await chainOf(store)).map(({ entry }) => entry.pull);
    expect(pulls.slice(0, 1_500)).toEqual(Array.from({ length: 1_500 }, (_, index) => index + 1));
    expect(pulls.slice(1_500)).toEqual([9_999, 9_999]);
    await closeAll(stores);
  });

  test.each([
    ["nobody listens", "postgres://u:hunter2@127.0.0.1:1/db", /127\.0\.0\.1:1\/db\) cannot be used: /],
    ["no address", "hunter2", /cannot be used/],
  ])("says which database cannot be used, and no password: %s", async (_, url, message) => {
    const refusal = await openPostgresStore(url).catch((error: unknown) => String(error));
    expect(refusal).toMatch(message);
    expect(refusal).not.toContain("hunter2@");
  });

  test("the password of a file opens it, and a wrong one is refused and not told", async () => {
    const address = new URL(await databaseOf());
    const { password } = address;
    address.password = "";
    const store = await openPostgresStore(address.href, password);
    expect(await store.depth()).toBe(0);
    await store.close();
    address.password = password;
    const refusal = await openPostgresStore(address.href, "hunter2").catch((error: unknown) => String(error));
    expect(refusal).toMatch(/cannot be used: .*password authentication failed/);
    expect(refusal).not.toContain("hunter2");
  });

  test("G04 the documented statements erase a person's data, and the ledger stays append-only", async () => {
    const url = await databaseOf();
    await expectErasure({
      engine: "PostgreSQL",
      open: () => openPostgresStore(url),
      run: (sql) => run(url, sql),
      content: async () => {
        const tables = await run(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'countersign'");
        const rows = [];
        for (const { tablename } of tables)
          rows.push(...(await run(url, `SELECT * FROM countersign.${tablename}`)));
        return rows.flatMap((each) => Object.values(each)).join("\n");
      },
    });
  });

  test("a database that does not wait for its disk is refused", async () => {
    const url = await databaseOf();
    const name = new URL(url).pathname.slice(1);
    await run(url, `ALTER DATABASE ${name} SET synchronous_commit = off`);
    await expect(openPostgresStore(url)).rejects.toThrow("synchronous_commit must be on");
  });
});

/** Which is never the one that the server ends: it looks much later whether others wait for it. */
async function otherProcess(url: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: "test",
    connectionTimeoutMillis: 5000,
    keepAlive: false,
  });
  await client.connect();
  await client.query("SET deadlock_timeout = '60s'");
  return client;
}

/** Until some transaction of the store waits for another. */
async function waiting(url: string): Promise<void> {
  const sql = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
  while ((await run(url, sql)).length === 0);
}

async function closeAll(stores: readonly Store[]): Promise<void> {
  await Promise.all(stores.map((store) => store.close()));
}
