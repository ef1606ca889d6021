import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { signedBundle } from "../../../src/attestation/bundle.ts";
import { newSigningKey, signingKeyOf } from "../../../src/attestation/key.ts";
import { keySetOf } from "../../../src/attestation/key-set.ts";
import { genesisOf, hashOf } from "../../../src/ledger/chain.ts";
import type { LinkedEntry } from "../../../src/ledger/entry.ts";
import { commitmentOf } from "../../../src/ledger/sealing.ts";
import { known } from "../../attestation/example.ts";
import { everyChange } from "../../attestation/places.ts";
import { runIn } from "./run-in.ts";
import { faultsOf } from "./second-verifier.ts";
import { quarter } from "./shop.ts";

const NAME = "september";
const PERIOD = ["--from", "2026-09", "--to", "2026-09"];
const FILES = [
  ...["attestations.jsonl", "chain.jsonl", "keys.json", "manifest.json", "manifest.sigstore.json"],
  ...["population.csv", "population.jsonl", "report.html"],
];

let folder: string;
let place: string;
let original: ReadonlyMap<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "countersign-ledger-"));
  place = join(folder, NAME);
  await quarter(join(folder, "data"));
  const { code } = await ledger("export", ...PERIOD, "--out", NAME);
  expect(code).toBe(0);
  original = new Map(FILES.map((name) => [name, readFileSync(join(place, name), "utf8")]));
});
afterAll(() => rmSync(folder, { recursive: true }));

const ledger = (...args: readonly string[]) =>
  runIn(folder, { COUNTERSIGN_DATA: join(folder, "data") }, ["ledger", ...args]);

const text = (name: string) => original.get(name) ?? "";
const linesOf = (name: string) => text(name).trimEnd().split("\n");
const rows = () => linesOf("population.jsonl").map((line) => JSON.parse(line));
const chain = (): LinkedEntry[] => linesOf("chain.jsonl").map((line) => JSON.parse(line));
const manifest = () => JSON.parse(text("manifest.json"));

test("A passkey that is not its key's is damage, whoever signed the statement that holds it", async () => {
  const data = join(folder, "forged");
  await quarter(data, "forged");
  const forged = (...args: readonly string[]) =>
    runIn(folder, { COUNTERSIGN_DATA: data }, ["ledger", ...args]);
  await forged("export", ...PERIOD, "--out", "forged-export");
  const { code, stdout } = await forged("verify", "forged-export", "--json");
  expect([code, JSON.parse(stdout).damages]).toEqual([
    1,
    [expect.stringMatching(/^The statement of entry \d+: A passkey in it did not sign what it says/)],
  ]);
  expect(faultsOf(join(folder, "forged-export"))).toEqual(new Set(["passkey"]));
});

describe("An export", () => {
  test("is a folder that its owner alone reads, and no other is written over", async () => {
    expect(readdirSync(place).toSorted()).toEqual(FILES);
    expect((statSync(place).mode & 0o777).toString(8)).toBe("700");
    for (const name of FILES) expect((statSync(join(place, name)).mode & 0o777).toString(8)).toBe("600");
    const again = await ledger("export", ...PERIOD, "--out", NAME);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining("september is there already") });
  });

  test("has a row for each change of the period, exceptions first, each with its reason", () => {
    expect(
      rows().map(({ exceptions, pull, passedAs, repository }) => {
        return [exceptions.map(({ code }: { code: string }) => code).join(), repository, pull, passedAs];
      }),
    ).toEqual([
      ["bypassed", "acme/shop", 4, "bypassed"],
      ["overridden", "acme/shop", 5, "overridden"],
      ["withdrawn", "acme/shop", 6, "withdrawn"],
      ["unknown", "acme/shop", 8, "unknown"],
      ["allowed-bypass", "acme/shop", 9, "bypassed"],
      ["", "acme/shop", 2, "countersigned"],
      ["", "acme/shop", 3, "not-required"],
      ["", "acme/pay", 7, "countersigned"],
    ]);
    for (const { exceptions } of rows())
      for (const { reason } of exceptions) expect(reason).toMatch(/^[A-Z].+[.:]/);
  });

  test("says who wrote it by which evidence, what was asked for, and who signed by which right", () => {
    expect(rows().find(({ pull }) => pull === 2)).toMatchObject({
      writer: "ai",
      tools: ["kiro"],
      evidence: ["kiro: trailer, certain, on 6666666"],
      areas: ["infrastructure"],
      required: ["1 for infrastructure: @acme/sre: signed"],
      signed: ["sam (1003) as @acme/sre for infrastructure: @acme/sre, 2026-09-01T10:00:00Z, review 501"],
    });
  });

  test("has counts that add up to its rows, and compares all changes with what the watch counted", () => {
    const { counts, watched } = manifest().predicate;
    const { rows: all, exceptions, ...kinds } = counts;
    expect([all, exceptions]).toEqual([8, 5]);
    expect(Object.values<number>(kinds).reduce((sum, count) => sum + count, 0)).toBe(all);
    expect(watched).toEqual([
      { outcome: "let-through", counted: 6, held: 6 },
      { outcome: "no-check", counted: 1, held: 1 },
      { outcome: "overridden", counted: 1, held: 1 },
      { outcome: "red", counted: 1, held: 1 },
      { outcome: "turned-red-after", counted: 1, held: 1 },
    ]);
  });

  test("holds no name of who is not in it, and of one repository no name of another's", async () => {
    const { code } = await ledger("export", ...PERIOD, "--repository", "acme/pay", "--out", "pay");
    expect(code).toBe(0);
    const texts = readFileSync(join(folder, "pay", "chain.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter((one: LinkedEntry) => Object.keys(one.texts).length > 0);
    expect(texts.map((one: LinkedEntry) => one.entry.repository?.name)).toEqual(["acme/pay"]);
    expect((await ledger("verify", "pay")).code).toBe(0);
  });

  test("is one page that loads nothing, tells both themes, and prints", () => {
    const page = text("report.html");
    expect(page).not.toMatch(/<script|src=|href=|@import|url\(/);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain("prefers-color-scheme: dark");
    expect(page).toContain("@media print");
    expect(page).toContain("8 rows, 5 of them exceptions");
    expect(page.indexOf("acme/shop#4")).toBeLessThan(page.indexOf("acme/shop#2"));
  });

  test("is whole, here and by a second verifier that shares no code", async () => {
    expect(await ledger("verify", NAME)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Whole: nothing is damaged."),
    });
    expect(faultsOf(place)).toEqual(new Set());
  });

  test("says that nobody outside was asked, until somebody was", async () => {
    const { stdout: alone } = await ledger("verify", NAME);
    expect(alone).toContain("No anchor was given");
    expect(alone).toContain("No keys were given");
    const anchor = manifest().predicate.chains[0].last.hash;
    writeFileSync(join(folder, "keys.json"), text("keys.json"));
    const { stdout, code } = await ledger("verify", NAME, "--anchor", anchor, "--keys", "keys.json");
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/No (anchor|keys)/);
    expect(stdout).toMatch(/up to entry\s+36 by an anchor/);
  });
});

/** The export with other files, which is put back afterwards. */
async function verified(files: Readonly<Record<string, string | null>>, ...args: readonly string[]) {
  const put = (name: string, content: string | null) => {
    if (content === null) rmSync(join(place, name), { force: true });
    else writeFileSync(join(place, name), content);
  };
  for (const [name, content] of Object.entries(files)) put(name, content);
  try {
    const { code, stdout } = await ledger("verify", NAME, "--json", ...args);
    const faults = Object.values(files).includes(null) ? null : faultsOf(place, args.slice(1));
    return { code, damages: JSON.parse(stdout).damages as readonly string[] | undefined, faults };
  } finally {
    for (const name of Object.keys(files)) put(name, original.get(name) ?? null);
  }
}

const sha256 = (content: string) => createHash("sha256").update(content).digest("hex");

/** As somebody writes the manifest anew who has no key: nothing is signed then. */
function anew(files: Readonly<Record<string, string>>, given: object = {}): Record<string, string | null> {
  const { subject, predicate, ...rest } = manifest();
  const named = subject.map(({ name, digest }: { name: string; digest: object }) => {
    const content = files[name];
    return { name, digest: content === undefined ? digest : { sha256: sha256(content) } };
  });
  const document = { ...rest, subject: named, predicate: { ...predicate, ...given } };
  return { ...files, "manifest.json": `${JSON.stringify(document)}\n`, "manifest.sigstore.json": null };
}

const edits: readonly [string, (lines: readonly string[]) => readonly string[]][] = [
  ["a line removed", (lines) => lines.toSpliced(2, 1)],
  ["the first line removed", (lines) => lines.slice(1)],
  ["the last line removed", (lines) => lines.slice(0, -1)],
  ["a line inserted twice", (lines) => lines.toSpliced(2, 0, lines[2] ?? "")],
  ["two lines in another order", (lines) => lines.with(2, lines[3] ?? "").with(3, lines[2] ?? "")],
  ["half of it cut off", (lines) => lines.slice(0, Math.ceil(lines.length / 2))],
  ["a line cut off", (lines) => lines.with(-1, lines.at(-1)?.slice(0, -9) ?? "")],
];

describe("Every change of an export is found and named", () => {
  const LISTS = ["chain.jsonl", "population.jsonl", "population.csv", "attestations.jsonl", "report.html"];

  test.each(LISTS.flatMap((name) => edits.map(([what, edit]) => [name, what, edit] as const)))(
    "%s: %s",
    async (name, _, edit) => {
      const content = `${edit(linesOf(name)).join("\n")}\n`;
      const told = await verified({ [name]: content });
      expect(told).toMatchObject({
        code: 1,
        damages: expect.arrayContaining([`${name} was changed: its SHA-256 is not the one in the manifest.`]),
      });
      // The same with a manifest that fits.
      const fits = await verified(anew({ [name]: content }));
      expect(fits.code).toBe(1);
      expect(fits.damages?.join(" ")).not.toContain("SHA-256");
    },
  );

  test.each(FILES.filter((name) => !name.startsWith("manifest")))("%s removed", async (name) => {
    expect(await verified({ [name]: null })).toMatchObject({
      code: 1,
      damages: expect.arrayContaining([`${name} is missing.`]),
    });
  });

  test("a file added", async () => {
    const { damages } = await verified({ "notes.txt": "all is well" });
    expect(damages).toEqual(["notes.txt is no part of the export."]);
  });

  test("each field of the manifest", async () => {
    for (const { place: at, document } of everyChange(manifest())) {
      const { code, faults } = await verified({ "manifest.json": `${JSON.stringify(document)}\n` });
      // What is no manifest any more cannot be read.
      expect([at, code]).toEqual([at, code === 2 ? 2 : 1]);
      expect([at, faults?.size]).not.toEqual([at, 0]);
    }
  });

  test("each field of the signed manifest", async () => {
    for (const { place: at, document } of everyChange(JSON.parse(text("manifest.sigstore.json")))) {
      const { code } = await verified({ "manifest.sigstore.json": JSON.stringify(document) });
      expect([at, code]).toEqual([at, 1]);
    }
  });

  test.each([
    ["a change", "change", 3],
    ["a verdict", "verdict", 0],
    ["evidence", "evidence", 0],
  ])("each field of the entry of %s, also with a manifest that fits", async (_, kind, number) => {
    const entries = chain();
    const at = entries.findIndex(
      ({ entry }) => entry === entries.filter((one) => one.entry.kind === kind)[number]?.entry,
    );
    for (const { place: field, document } of everyChange(entries[at])) {
      const lines = linesOf("chain.jsonl").with(at, JSON.stringify(document));
      const { code, damages } = await verified(anew({ "chain.jsonl": `${lines.join("\n")}\n` }));
      expect([field, code, damages?.length]).toEqual([field, 1, expect.any(Number)]);
    }
  });

  test("each field of a row, also with a manifest that fits", async () => {
    for (const { place: field, document } of everyChange(rows()[0])) {
      const lines = linesOf("population.jsonl").with(0, JSON.stringify(document));
      const { damages } = await verified(anew({ "population.jsonl": `${lines.join("\n")}\n` }));
      expect([field, damages]).toEqual([field, ["Line 1 of population.jsonl is not what the ledger says."]]);
    }
  });

  test("each field of a signed statement, also with a manifest that fits", async () => {
    for (const { place: field, document } of everyChange(
      JSON.parse(linesOf("attestations.jsonl")[0] ?? ""),
    )) {
      const lines = linesOf("attestations.jsonl").with(0, JSON.stringify(document));
      const { damages } = await verified(anew({ "attestations.jsonl": `${lines.join("\n")}\n` }));
      expect([field, damages]).toEqual([
        field,
        ["Line 1 of attestations.jsonl is not what the ledger says."],
      ]);
    }
  });
});

/** The chain with something else at some entries, and every hash behind it computed anew. */
function rewritten(change: (linked: LinkedEntry, at: number) => LinkedEntry): readonly LinkedEntry[] {
  const entries: LinkedEntry[] = [];
  for (const [at, linked] of chain().entries()) {
    const { entry, texts, prev } = change(linked, at);
    const before = entries.at(-1)?.hash ?? prev;
    entries.push({ entry, prev: before, hash: hashOf(before, entry), texts });
  }
  return entries;
}

describe("Whoever computes the hashes behind a change anew", () => {
  const files = (change: Parameters<typeof rewritten>[0]) => {
    const entries = rewritten(change);
    const [piece] = manifest().predicate.chains;
    const last = { seq: piece.last.seq, hash: entries.at(-1)?.hash };
    const content = `${entries.map((one) => JSON.stringify(one)).join("\n")}\n`;
    const report = text("report.html").replace(piece.last.hash, last.hash ?? "");
    return { files: { "chain.jsonl": content, "report.html": report }, chains: [{ ...piece, last }] };
  };
  /** The first verdict at another time. */
  const later = (linked: LinkedEntry, at: number): LinkedEntry => {
    const first = chain().findIndex(({ entry }) => entry.kind === "verdict");
    return at === first ? { ...linked, entry: { ...linked.entry, at: "2026-09-01T00:00:00.000Z" } } : linked;
  };
  const anchor = () => chain().at(-1)?.hash ?? "";

  test("is found by an anchor, and without one verify says that none was given", async () => {
    const { files: forgedFiles, chains } = files(later);
    const forged = anew(forgedFiles, { chains });
    const alone = await verified(forged);
    expect(alone).toMatchObject({ code: 0, damages: [] });
    const witnessed = await verified(forged, "--anchor", anchor());
    expect(witnessed).toMatchObject({
      code: 1,
      damages: [expect.stringContaining(`No entry has hash ${anchor()}, which was noted elsewhere`)],
    });
  });

  test("and holds the key as well is found by an anchor, as only somebody outside knows better", async () => {
    const key = signingKeyOf(newSigningKey());
    if (key === null) throw new Error("no key");
    // Their own key in place of the App's signs all of it.
    const statements: string[] = [];
    const { files: forgedFiles, chains } = files((linked, at) => {
      const own = linked.texts["/signedStatement"];
      if (own === undefined || !("text" in own)) return later(linked, at);
      const payload = Buffer.from(JSON.parse(own.text).dsseEnvelope.payload, "base64");
      const signed = { ...own, text: JSON.stringify(signedBundle(payload, key).bundle) };
      statements.push(signed.text);
      const data = { ...(linked.entry.data as object), signedStatement: { sealed: commitmentOf(signed) } };
      return {
        ...linked,
        entry: { ...linked.entry, data },
        texts: { ...linked.texts, "/signedStatement": signed },
      };
    });
    const keys = JSON.stringify(keySetOf([known(key)]));
    const forged = anew(
      { ...forgedFiles, "keys.json": keys, "attestations.jsonl": `${statements.join("\n")}\n` },
      { chains },
    );
    const { bundle } = signedBundle(Buffer.from(forged["manifest.json"] ?? ""), key);
    const all = { ...forged, "manifest.sigstore.json": JSON.stringify(bundle) };
    expect(await verified(all)).toMatchObject({ code: 0, damages: [], faults: new Set() });
    expect(await verified(all, "--anchor", anchor())).toMatchObject({ code: 1, faults: new Set(["anchor"]) });
    writeFileSync(join(folder, "trusted.json"), text("keys.json"));
    const keyed = await verified(all, "--keys", "trusted.json");
    expect(keyed.damages).toContainEqual(expect.stringContaining("which is not among the keys given"));
  });

  test("cannot have a bypass look like something else: its statement is signed", async () => {
    const { files: forgedFiles, chains } = files((linked) => {
      const { entry } = linked;
      if (entry.pull !== 4 || entry.kind !== "bypass") return linked;
      const data = { ...(entry.data as object), outcome: "turned-red-after" };
      return { ...linked, entry: { ...entry, kind: "change", data } };
    });
    const { damages } = await verified(anew(forgedFiles, { chains }));
    expect(damages).toContain("The statement of entry 15 says something else than the entry.");
  });

  test("cannot begin it anew either: the genesis is that of the installation", () => {
    expect(genesisOf(7)).not.toBe(genesisOf(8));
  });
});
