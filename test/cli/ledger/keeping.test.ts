import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test } from "@jest/globals";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import { all, expectWhole, ledgerEntry } from "../../store/ledger-contract.ts";
import { run } from "../run-cli.ts";
import { removeTemporaryDirectories, temporaryDirectory } from "../temporary-repository.ts";

afterAll(removeTemporaryDirectories);

const SIGNED = { data: { signedBy: [{ id: 2, login: "olga" }], reason: "Ölga’s words" } };

async function folderWith(count: number): Promise<string> {
  const directory = temporaryDirectory();
  const store = openSqliteStore(join(directory, ".countersign"));
  await store.append(Array.from({ length: count }, () => ledgerEntry(SIGNED)));
  await store.close();
  return directory;
}

test("erase takes a person out of the ledger and its file, and the chain stays whole", async () => {
  const directory = await folderWith(3);
  const former = new DatabaseSync(join(directory, ".countersign", "countersign.sqlite"));
  // What an earlier version wrote, and is in no chain yet.
  former.exec(`INSERT INTO ledger (at, repository, pull, head_sha, kind, data)
    VALUES ('2026-01-01T00:00:00Z', 'acme/shop', 1, 's1', 'verdict', '{"signedBy":["olga"]}')`);
  former.close();
  const args = ["ledger", "erase", "--login", "olga", "--because", "request 12"];
  expect(await run(directory, ...args)).toEqual({
    ...{ code: 0, stderr: "" },
    stdout: "Erased 4 texts of the ledger. An entry of each chain says so.\n",
  });
  const folder = join(directory, ".countersign");
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name), "latin1")).not.toContain("olga");
  const store = openSqliteStore(folder);
  await expectWhole(store);
  await store.close();
  expect((await run(directory, ...args)).stdout).toBe("The ledger names nobody so: nothing was erased.\n");
});

test.each([
  [
    ["--login", "olga", "--because", "Olga asked"],
    "--because must not name whom it erases: it stays in the ledger",
  ],
  [["--login", "olga"], "required option '--because <reason>' not specified"],
])("erase refuses %j", async (args, says) => {
  expect(await run("/", "ledger", "erase", ...args)).toEqual({
    ...{ code: 2, stdout: "", stderr: `countersign: ${says}\n` },
  });
});

test("erase needs the store for itself", async () => {
  const directory = await folderWith(1);
  const running = openSqliteStore(join(directory, ".countersign"));
  const { code, stderr } = await run(
    directory,
    "ledger",
    "erase",
    "--login",
    "olga",
    "--because",
    "request 12",
  );
  expect([code, stderr]).toEqual([2, expect.stringContaining("is used by another running Countersign")]);
  await running.close();
});

test("backup copies what a running App has, for its owner alone, without names; restored, it goes on", async () => {
  const directory = await folderWith(3);
  const running = openSqliteStore(join(directory, ".countersign"));
  await running.append([ledgerEntry(SIGNED)]);
  const key = { keyid: "k", publicKey: "public", privateKey: "private-part" };
  await running.offerSigningKey(key, { now: new Date(0), events: [] });
  expect(await run(directory, "ledger", "backup", "copy.sqlite")).toEqual({
    ...{ code: 0, stderr: "" },
    stdout: "Copied the store to copy.sqlite, with 4 entries of the ledger, without names and\n  reasons.\n",
  });
  expect(readFileSync(join(directory, "copy.sqlite"), "latin1")).not.toContain("private-part");
  await running.close();
  const copy = join(directory, "copy.sqlite");
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  expect(readdirSync(directory).toSorted()).toEqual([".countersign", "copy.sqlite"]);
  for (const text of ["olga", "lga’s words"]) expect(readFileSync(copy).includes(text)).toBe(false);

  // As docs/operate.md says.
  const restored = join(directory, "restored");
  mkdirSync(restored);
  copyFileSync(copy, join(restored, "countersign.sqlite"));
  const store = openSqliteStore(restored);
  await expectWhole(store);
  await store.append([ledgerEntry(SIGNED)]);
  await expectWhole(store);
  const entries = await all(store.entries("acme/shop"));
  expect(entries.map(({ data }) => (data as { readonly reason: string }).reason)).toEqual([
    ...Array.from({ length: 4 }, () => "(not kept here)"),
    SIGNED.data.reason,
  ]);
  await store.close();
});

test("backup takes no other file's place", async () => {
  const directory = await folderWith(1);
  await run(directory, "ledger", "backup", "copy.sqlite");
  const before = readFileSync(join(directory, "copy.sqlite"));
  expect(await run(directory, "ledger", "backup", "copy.sqlite")).toEqual({
    ...{ code: 2, stdout: "", stderr: "countersign: copy.sqlite is there already: name a new file\n" },
  });
  expect(readFileSync(join(directory, "copy.sqlite")).equals(before)).toBe(true);
});
