import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { prepareSigning } from "../../../src/app/attesting/signing.ts";
import { newSigningKey } from "../../../src/attestation/key.ts";
import { keySetOf } from "../../../src/attestation/key-set.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import { ManualClock } from "../../app/manual-clock.ts";
import { notes } from "../../app/notes.ts";
import { attested, confirmed, known, newKey, REVIEW } from "../../attestation/example.ts";
import { runIn } from "./run-in.ts";
import { quarter } from "./shop.ts";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "countersign-verify-"));
  await quarter(join(folder, "data"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const verify = (data: string, ...args: readonly string[]) =>
  runIn(folder, { COUNTERSIGN_DATA: join(folder, data) }, ["ledger", "verify", ...args]);
const damages = async (data: string, ...args: readonly string[]) => {
  const { code, stdout } = await verify(data, "--json", ...args);
  return { code, damages: JSON.parse(stdout).damages };
};

let copies = 0;
/** A copy of the store with something changed behind the App's back. */
function forged(change: (database: DatabaseSync) => void): string {
  copies += 1;
  const data = `forged-${copies}`;
  cpSync(join(folder, "data"), join(folder, data), { recursive: true });
  const database = new DatabaseSync(join(folder, data, "countersign.sqlite"));
  database.exec("DROP TRIGGER ledger_entry_stays; DROP TRIGGER ledger_entry_is_kept");
  change(database);
  database.close();
  return data;
}

describe("A store", () => {
  test("is whole, and says what that does not show", async () => {
    const { code, stdout } = await verify("data");
    expect([code, stdout.split("\n", 1)]).toEqual([0, ["Whole: nothing is damaged."]]);
    expect(stdout).toContain("9 signed statements checked.");
    expect(stdout).toContain("No keys were given");
    expect(stdout).toContain("No anchor was given");
  });

  test.each<[string, string, string]>([
    ["an entry changed", "UPDATE ledger_entry SET pull = 9 WHERE seq = 8", "Entry 8 was changed."],
    ["an entry removed", "DELETE FROM ledger_entry WHERE seq = 8", "Entry 8 was removed."],
    [
      "the end cut off",
      "DELETE FROM ledger_entry WHERE seq > 30",
      "The store says that the chain of installation 7 ends with entry 36",
    ],
    [
      "a text changed",
      `UPDATE ledger_text SET record = replace(record, 'sam', 'eve') WHERE seq = 8`,
      "A text of entry 8 was changed",
    ],
    [
      "a statement changed",
      `UPDATE ledger_text SET record = replace(record, 'verificationMaterial', 'x') WHERE seq = 5`,
      "The statement of entry 5: It is no bundle of a signed statement, or was changed. A text of entry 5 was changed",
    ],
    [
      "the statement of another change put in its place",
      `UPDATE ledger_text SET record = (SELECT other.record FROM ledger_text AS other WHERE other.seq = 9) WHERE seq = 5`,
      "The statement of entry 5 says something else than the entry.",
    ],
  ])("%s", async (_, sql, sentence) => {
    const told = await damages(forged((database) => database.exec(sql)));
    expect(told.code).toBe(1);
    expect(told.damages.join(" ")).toContain(sentence);
  });

  test("statements that are not kept any more are told, and no damage", async () => {
    const data = forged((database) => database.exec("DELETE FROM ledger_text"));
    const { code, stdout } = await verify(data);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining("9 statements that entries speak of are not kept"),
    ]);
  });

  test("by keys that somebody trusts, and by others", async () => {
    const keys = (key = newKey()) => JSON.stringify(keySetOf([known(key)]));
    writeFileSync(join(folder, "other.json"), keys());
    const told = await damages("data", "--keys", "other.json");
    expect(told.code).toBe(1);
    expect(told.damages).toHaveLength(9);
    expect(told.damages[0]).toContain("which is not among the keys given");
  });

  test.each([
    ["an anchor of its own", (hashes: readonly string[]) => hashes[20] ?? "", 0],
    ["an anchor of another", () => "0".repeat(64), 1],
  ])("by %s", async (_, anchorOf, code) => {
    const { stdout } = await runIn(folder, { COUNTERSIGN_DATA: join(folder, "data") }, [
      "ledger",
      "list",
      "--json",
    ]);
    const hashes = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).hash);
    expect((await verify("data", "--anchor", anchorOf(hashes))).code).toBe(code);
  });
});

test("Whoever is erased is erased from what was signed as well, and the rest stays whole", async () => {
  copies += 1;
  const data = `erased-${copies}`;
  cpSync(join(folder, "data"), join(folder, data), { recursive: true });
  const settings = { COUNTERSIGN_DATA: join(folder, data) };
  const erasing = ["ledger", "erase", "--login", "sam", "--because", "a request"];
  expect((await runIn(folder, settings, erasing)).code).toBe(0);
  const { stdout } = await runIn(folder, settings, ["ledger", "list", "--json"]);
  expect(stdout).not.toContain('"sam"');
  // Those that name nobody but olga are still there.
  const told = await verify(data);
  expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining("3 signed statements checked.") });
  expect(told.stdout).toContain("6 statements that entries speak of are not kept");
});

describe("When the key was changed", () => {
  const rotated = async () => {
    copies += 1;
    const data = `rotated-${copies}`;
    cpSync(join(folder, "data"), join(folder, data), { recursive: true });
    const store = openSqliteStore(join(folder, data));
    await prepareSigning({ store, clock: new ManualClock(), log: notes() }, newSigningKey());
    await store.close();
    return data;
  };

  test("statements that the chain held before still count", async () => {
    const { code, stdout } = await verify(await rotated());
    expect([code, stdout]).toEqual([0, expect.stringContaining("9 signed statements checked.")]);
  });

  test("and no others: without the entry that says so, none was there before", async () => {
    const data = await rotated();
    const database = new DatabaseSync(join(folder, data, "countersign.sqlite"));
    database.exec(`
      DROP TRIGGER ledger_entry_is_kept;
      DELETE FROM ledger_entry WHERE seq > 36;
      UPDATE ledger_chain SET seq = 36, hash = (SELECT hash FROM ledger_entry WHERE seq = 36)`);
    database.close();
    const told = await damages(data);
    expect(told).toEqual({
      code: 1,
      damages: [
        expect.stringMatching(
          /^9 statements are signed with the key .*, the first at entry 5: it was revoked/,
        ),
      ],
    });
  });
});

describe("A bundle by itself", () => {
  const key = newKey();
  const write = (name: string, document: unknown) =>
    writeFileSync(join(folder, name), JSON.stringify(document));

  test("is checked by the keys that are given, and says what it is about", async () => {
    write("bundle.json", attested(key).bundle);
    write("keys.json", keySetOf([known(key)]));
    const { code, stdout } = await verify("data", "bundle.json", "--keys", "keys.json");
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      `acme/shop#7, commit ${REVIEW.change.after}, tree ${"d".repeat(40)}: countersigned.`,
    );
  });

  test("says whose passkeys it holds, and is damaged where one of them is another's", async () => {
    const held = (signer = confirmed()) => attested(key, { ...REVIEW, signers: [signer] }).bundle;
    write("keys.json", keySetOf([known(key)]));
    write("held.json", held());
    const { code, stdout } = await verify("data", "held.json", "--keys", "keys.json");
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "The passkey of @sam signed its approval on https://sign.example.",
    );
    write("held.json", held(confirmed({ account: 1004 })));
    const other = await damages("data", "held.json", "--keys", "keys.json");
    expect(other).toEqual({ code: 1, damages: [expect.stringMatching(/^A passkey in it did not sign/)] });
  });

  test.each<[string, unknown, unknown, number, RegExp]>([
    [
      "changed",
      { ...attested(key).bundle, mediaType: "x" },
      keySetOf([known(key)]),
      1,
      /no bundle of a signed/,
    ],
    ["by another key", attested(newKey()).bundle, keySetOf([known(key)]), 1, /not among the keys given/],
    [
      "by a key that was revoked",
      attested(key).bundle,
      keySetOf([known(key, "2026-11-01T00:00:00.000Z")]),
      1,
      /which was revoked, and nothing shows/,
    ],
    ["with keys that are none", attested(key).bundle, { keys: [{}] }, 2, /holds no keys/],
  ])("%s", async (_, document, keys, code, sentence) => {
    write("other-bundle.json", document);
    write("other-keys.json", keys);
    const ran = await verify("data", "other-bundle.json", "--keys", "other-keys.json");
    expect([ran.code, `${ran.stdout}${ran.stderr}`.replace(/\s+/g, " ")]).toEqual([
      code,
      expect.stringMatching(sentence),
    ]);
  });

  test.each([
    ["no keys", ["bundle.json"], /name a file that holds them with --keys/],
    ["no file", ["nothing.json"], /nothing.json is not there/],
    ["a folder that is no export", ["data"], /manifest.json cannot be read/],
    ["an anchor that is none", ["--anchor", "abc"], /Expected 64 hexadecimal digits/],
  ])("cannot be read with %s", async (_, args, problem) => {
    write("bundle.json", attested(key).bundle);
    const { code, stderr } = await verify("data", ...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(problem)]);
  });

  test("is what the published schema describes", async () => {
    const schema = JSON.parse(readFileSync("docs/human-review-v1.schema.json", "utf8"));
    const { Ajv2020 } = await import("ajv/dist/2020.js");
    const validate = new Ajv2020({ formats: { "date-time": true } }).compile(schema);
    expect([validate(REVIEW), validate.errors]).toEqual([true, null]);
    expect([validate({ ...REVIEW, signers: [confirmed()] }), validate.errors]).toEqual([true, null]);
    expect(validate({ ...REVIEW, outcome: "approved" })).toBe(false);
    expect(validate({ ...REVIEW, level: 4 })).toBe(false);
  });
});
