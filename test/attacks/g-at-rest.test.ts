import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Budgets } from "../../src/app/github/budgets.ts";
import { lineLog } from "../../src/app/operation/log-lines.ts";
import { secretsInEnvironment } from "../../src/app/operation/own-secrets.ts";
import { openness } from "../../src/app/operation/secret-file.ts";
import { Worker } from "../../src/app/work/worker.ts";
import { redact, withhold } from "../../src/github/client/redact.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite.ts";
import { privateKey } from "../app/credentials.ts";
import { ManualClock } from "../app/manual-clock.ts";
import { startProcess } from "../app/process.ts";
import { Door } from "../gate/door.ts";
import { expectErasure } from "../store/erasure-contract.ts";
import { threadTime } from "../thread-time.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-at-rest-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function row(number: string, situation: string, run: () => void | Promise<void>): void {
  test(`${number} ${situation}`, run);
}

row.each =
  <Rows extends readonly (readonly [string, ...unknown[]])[]>(rows: Rows) =>
  (number: string, situation: string, run: (...values: Rows[number]) => void | Promise<void>): void => {
    for (const values of rows) row(number, situation.replace("%s", values[0]), () => run(...values));
  };

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

function modesIn(place: string): Readonly<Record<string, string>> {
  return Object.fromEntries(readdirSync(place).map((name) => [name, modeOf(join(place, name))]));
}

const FILES = ["countersign.lock", "countersign.sqlite", "countersign.sqlite-shm", "countersign.sqlite-wal"];
/** SQLite may add a journal. */
function expectClosed(place: string): void {
  const modes = modesIn(place);
  expect(Object.keys(modes)).toEqual(expect.arrayContaining(FILES));
  expect(new Set(Object.values(modes))).toEqual(new Set(["600"]));
}

describe("Files", () => {
  row.each<readonly (readonly [string, () => void])[]>([
    ["empty and open to all", () => chmodSync(folder, 0o777)],
    [
      "with a store that others can read",
      () => {
        chmodSync(folder, 0o755);
        for (const name of FILES.slice(0, 2)) writeFileSync(join(folder, name), "", { mode: 0o644 });
      },
    ],
  ])("G01", "the data folder exists: %s", async (_, prepare) => {
    const umask = process.umask(0);
    prepare();
    const store = openSqliteStore(folder);
    process.umask(umask);
    await store.enqueue([{ kind: "upkeep" }], "direct", new Date(0));
    expectClosed(folder);
    await store.close();
  });

  row("G01", "what another process left open to others is closed", async () => {
    const before = openSqliteStore(folder);
    for (const name of FILES) chmodSync(join(folder, name), 0o666);
    await before.close();
    const store = openSqliteStore(folder);
    await store.enqueue([{ kind: "upkeep" }], "direct", new Date(0));
    expectClosed(folder);
    await store.close();
  });

  row(
    "G01",
    "the key can be read by others: the log warns at the start, and says how to close it",
    async () => {
      const path = join(folder, "key.pem");
      writeFileSync(path, privateKey, { mode: 0o644 });
      const door = await Door.open({ PRIVATE_KEY: "", PRIVATE_KEY_PATH: path });
      try {
        expect(await door.deliver()).toBe(202);
        expect(door.log()).toMatch(/"level":40.*chmod 0400.*"a file with a secret is open to others"/);
        expect(modeOf(join(door.folder, ".countersign"))).toBe("700");
        expectClosed(join(door.folder, ".countersign"));
      } finally {
        await door.close();
      }
    },
  );

  row.each<readonly (readonly [string, number, boolean])[]>([
    ["0400", 0o400, true],
    ["0600", 0o600, true],
    ["0440", 0o440, false],
    ["0604", 0o604, false],
    ["0602", 0o602, false],
  ])("G01", "a file with a secret is open or closed: %s", (_, mode, closed) => {
    const path = join(folder, "key.pem");
    writeFileSync(path, "");
    chmodSync(path, mode);
    expect(openness(path) === null).toBe(closed);
  });
});

const ENVIRONMENT = {
  WEBHOOK_SECRET: "5f1c9a0be27d4836af90c3e1d2b87476",
  WEBHOOK_SECRET_PREVIOUS: "aa1c9a0be27d4836af90c3e1d2b87476",
  SESSION_SECRET: "session/secret+with=signs",
  CLIENT_SECRET: "0123456789abcdef0123456789abcdef01234567",
  PRIVATE_KEY: privateKey,
  PGPASSWORD: 'pg pass"word',
  DATABASE_URL: "postgres://app:p%40ss/w:rd@db.internal:5432/countersign",
  HTTPS_PROXY: "http://proxy:proxy-pass@proxy.internal:3128",
  PRIVATE_KEY_PATH: "/run/secrets/key",
};

const keyLine = privateKey.split("\n")[3] ?? "";

const QUOTED: readonly (readonly [string, string, string])[] = [
  ["the webhook secret", `bad secret ${ENVIRONMENT.WEBHOOK_SECRET}.`, ENVIRONMENT.WEBHOOK_SECRET],
  ["the one before", `x${ENVIRONMENT.WEBHOOK_SECRET_PREVIOUS}x`, ENVIRONMENT.WEBHOOK_SECRET_PREVIOUS],
  ["the key", privateKey, keyLine],
  ["the key, as JSON writes it", JSON.stringify({ privateKey }), keyLine],
  ["a line of the key", `invalid base64: ${keyLine}`, keyLine],
  ["a session's secret", `{"key":"${ENVIRONMENT.SESSION_SECRET}"}`, ENVIRONMENT.SESSION_SECRET],
  ["that, in an address", `/?s=${encodeURIComponent(ENVIRONMENT.SESSION_SECRET)}`, "with%3Dsigns"],
  ["the client's secret", `client ${ENVIRONMENT.CLIENT_SECRET}`, ENVIRONMENT.CLIENT_SECRET],
  ["the database's password", 'no entry for pg pass"word', 'pg pass"word'],
  ["that, as JSON writes it", JSON.stringify({ password: ENVIRONMENT.PGPASSWORD }), "pass\\"],
  ["the password of its address", "password p@ss/w:rd refused", "p@ss/w:rd"],
  ["its address", `connect ${ENVIRONMENT.DATABASE_URL}`, "ss/w:rd"],
  ["a proxy's password", "407 for proxy-pass", "proxy-pass"],
  ["somebody else's address with a user", "fetch https://olga:hunter2@git.acme.example/x failed", "hunter2"],
  ["an address with a token for a user", "clone https://abc123@git.acme.example/x", "abc123"],
  ["a cookie", "sent Cookie: session=abcdef; other=1", "abcdef"],
  ["a cookie that is set", 'headers {"set-cookie": "session=abcdef"}', "abcdef"],
  ["an e-mail address", "no account for olga.o'neil+x@mail.acme.example", "olga"],
  ["an e-mail address of a machine", "by 49699333+dependabot[bot]@users.noreply.github.com", "49699333"],
];

describe("Secrets", () => {
  beforeEach(() => withhold(secretsInEnvironment(ENVIRONMENT)));

  row.each(QUOTED)("G02", "an error quotes: %s", async (_, text, secret) => {
    const lines: string[] = [];
    const clock = new ManualClock();
    const write = (line: string) => void lines.push(line);
    const log = lineLog({ level: "trace", format: "json", now: clock.now, write });
    const store = openSqliteStore(folder);
    const perform = () => Promise.reject(new Error("it failed", { cause: new TypeError(text) }));
    const budgets = new Budgets({ now: clock.now, writesPerSecond: null });
    await store.enqueue([{ kind: "upkeep" }], "direct", clock.now());
    const turns = { isAside: async () => false, done: () => {} };
    await new Worker({ store, clock, log, budgets, perform, turns }).runDue();
    const database = new DatabaseSync(join(folder, "countersign.sqlite"), { readOnly: true });
    const kept = JSON.stringify(database.prepare("SELECT * FROM job").all());
    database.close();
    await store.close();
    for (const shown of [lines.join(""), kept]) {
      expect(shown).toContain("it failed");
      expect(shown).toContain("[redacted]");
      expect(shown).not.toContain(secret);
    }
  });

  row("G02", "an error quotes nothing secret: it stays as it is", () => {
    const text =
      "GET /repos/acme/shop@v2 of /run/secrets/key: @acme/sre, actions/checkout@v4.1.0, cookies: none?";
    expect(redact("GET https://api.github.com/repos/acme/shop 500, actions/checkout@v4.1.0")).toBe(
      "GET https://api.github.com/repos/acme/shop 500, actions/checkout@v4.1.0",
    );
    expect(redact(text)).toContain("/run/secrets/key: @acme/sre");
  });

  row("G02", "the database cannot be reached: the start says so without its password", async () => {
    const app = startProcess(
      {
        ...{ APP_ID: "12", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: ENVIRONMENT.WEBHOOK_SECRET, PORT: "0" },
        DATABASE_URL: "postgres://app:hunter2-of-the-app@127.0.0.1:1/x",
      },
      folder,
    );
    expect(await app.exited).toBe(1);
    expect(app.output()).toContain("127.0.0.1:1");
    expect(app.output()).not.toContain("hunter2");
  });

  row.each(
    [
      "a",
      "a@",
      "a.",
      "@",
      "eyJ-",
      "eyJa.",
      "cookie ",
      "token  ",
      "://",
      "://a@",
      "-----BEGIN PRIVATE KEY-----",
      "ghs_",
    ].map((unit) => [unit] as const),
  )("G02", "a long text is redacted in a time that grows with its length: %s", (unit) => {
    const time = threadTime(() => {
      redact(unit.repeat(Math.ceil(300_000 / unit.length)));
      redact(`${unit}${" ".repeat(300_000)}`);
    });
    expect(time).toBeLessThan(2_000);
  });

  afterAll(() => withhold([]));
});

describe("Personal data", () => {
  row(
    "G04",
    "a person's data is to be erased: the documented statements do it, and the ledger stays append-only",
    async () => {
      const inside = <T>(use: (database: DatabaseSync) => T) => {
        const database = new DatabaseSync(join(folder, "countersign.sqlite"));
        try {
          return use(database);
        } finally {
          database.close();
        }
      };
      await expectErasure({
        engine: "SQLite",
        open: async () => openSqliteStore(folder),
        run: async (sql) => inside((database) => database.exec(sql)),
        content: async () =>
          inside((database) => {
            const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
            return tables
              .flatMap(({ name }) => database.prepare(`SELECT * FROM "${String(name)}"`).all())
              .flatMap((each) => Object.values(each))
              .join("\n");
          }),
      });
    },
  );
});
