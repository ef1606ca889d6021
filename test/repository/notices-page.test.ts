import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { requestOf } from "../../src/app/notices/request.ts";
import { documentOf } from "../../src/notices/document.ts";
import { HAPPENING_KINDS } from "../../src/notices/happening.ts";
import { TOLD } from "../notices/happenings.ts";
import { read } from "./files.ts";

const PAGE = read("docs/notices.md");
const SECRET = "5f1c9a0be27d4836af90c3e1d2b8747655aa01f3";
const NOW = new Date("2026-11-30T12:00:00Z");

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(PAGE)?.[1] ?? "";
}

type Verify = (headers: object, body: Buffer, secret: string, now: number) => boolean;

async function verifier(): Promise<Verify> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-notices-"));
  try {
    const file = join(folder, "verify.mjs");
    writeFileSync(file, block("js"));
    return (await import(pathToFileURL(file).href)).isCountersigns;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function sent() {
  const target = { name: "audit", address: "https://hooks.example.com/", format: "json" } as const;
  const [told] = TOLD;
  if (!told) throw new Error("there is none");
  const sender = { github: "https://github.com", secret: SECRET, now: NOW };
  const { headers, body } = requestOf(target, told.happening, sender);
  return { headers, body: Buffer.from(body) };
}

describe("docs/notices.md", () => {
  test("has a row for each kind", () => {
    const rows = [...PAGE.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, kind]) => kind);
    const kinds = new Set(rows.filter((kind) => HAPPENING_KINDS.some((known) => known === kind)));
    expect([...kinds]).toEqual(HAPPENING_KINDS);
  });

  test("shows a document as it is sent", () => {
    const shown = JSON.parse(block("json"));
    const told = TOLD.find(({ happening }) => happening.kind === shown.kind);
    if (!told) throw new Error("there is none");
    const document = documentOf(
      { ...told.happening, commit: shown.commit },
      { id: shown.id, github: "https://github.com" },
    );
    expect(shown).toEqual(document);
    const fields = [...PAGE.matchAll(/^\| ((?:`[a-z]+`(?:, )?)+) \|/gm)].flatMap(([, names = ""]) =>
      names.split(", ").map((name) => name.replaceAll("`", "")),
    );
    expect(fields).toEqual(expect.arrayContaining(Object.keys(document)));
  });

  test("has a schema that everything sent holds to, and that names every field", () => {
    const schema = JSON.parse(read("docs/notice.schema.json"));
    const validator = new Ajv2020({ strict: true, allowUnionTypes: true });
    addFormats.default(validator);
    const isValid = validator.compile(schema);
    for (const { happening } of TOLD) {
      const document = documentOf(happening, { id: "0".repeat(32), github: "https://github.com" });
      expect([happening.kind, isValid(document), isValid.errors]).toEqual([happening.kind, true, null]);
      expect(Object.keys(document)).toEqual(Object.keys(schema.properties));
      expect(schema.required).toEqual(Object.keys(document));
    }
    expect(isValid({ version: 2 })).toBe(false);
  });

  test("verifies in Node what the App signs, and nothing else", async () => {
    const verify = await verifier();
    const { headers, body } = sent();
    const at = NOW.getTime();
    const signed = (timestamp: string) => ({
      "x-countersign-timestamp": timestamp,
      "x-countersign-signature-256": `sha256=${createHmac("sha256", SECRET).update(`${timestamp}.`).update(body).digest("hex")}`,
    });
    const rows: readonly [boolean, string, object, Buffer, string, number][] = [
      [true, "as it is sent", headers, body, SECRET, at],
      [true, "five minutes late", headers, body, SECRET, at + 300_000],
      [false, "later than that", headers, body, SECRET, at + 301_000],
      [false, "from the future", headers, body, SECRET, at - 301_000],
      [false, "another body", headers, Buffer.concat([body, Buffer.from(" ")]), SECRET, at],
      [false, "another secret", headers, body, `${SECRET}0`, at],
      [
        false,
        "another time",
        { ...headers, "x-countersign-timestamp": String(at / 1000 + 1) },
        body,
        SECRET,
        at,
      ],
      [false, "no signature", { ...headers, "x-countersign-signature-256": undefined }, body, SECRET, at],
      [false, "a time that is no number", signed("NaN"), body, SECRET, at],
    ];
    for (const [valid, why, ...given] of rows) expect([why, verify(...given)]).toEqual([why, valid]);
  });
});
