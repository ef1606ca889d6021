import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { CATALOGUE } from "../../../src/provenance/catalogue/catalogue.ts";
import { DECLARING, declarations } from "../../../src/provenance/declared/declarations.ts";
import type { Signal, Tool } from "../../../src/provenance/tool/tool.ts";

const FILE = new URL("../../../docs/provenance.md", import.meta.url);
const SECTION = /(<!-- tools: [^\n]*-->\n)[\s\S]*(<!-- \/tools -->)/;

test("the page lists every tool by what decides and what hints", () => {
  const page = readFileSync(FILE, "utf8");
  const fresh = page.replace(SECTION, (_, open: string, close: string) => `${open}\n${table()}\n\n${close}`);
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(FILE, fresh);
  expect(readFileSync(FILE, "utf8")).toBe(fresh);
});

test("the page's boxes and trailers declare what it says", () => {
  const page = readFileSync(FILE, "utf8");
  for (const words of Object.values(DECLARING)) expect(page).toContain(words);
  const boxes = /```markdown\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  expect(declarations(boxes)).toEqual([]);
  expect(declarations(boxes.replaceAll("[ ]", "[x]")).map(({ kind }) => kind)).toEqual(["ai", "no-ai"]);
});

function table(): string {
  const rows = CATALOGUE.filter(({ signals }) => signals.length > 0).toSorted((a, b) =>
    a.tool.localeCompare(b.tool, "en"),
  );
  return [
    "| tool | vendor | decides | hints |",
    "|---|---|---|---|",
    ...rows.map((tool) => `| ${tool.tool} | ${tool.vendor} | ${kinds(tool, true)} | ${kinds(tool, false)} |`),
  ].join("\n");
}

const WORDS: Readonly<Record<Signal["kind"], string>> = {
  account: "account",
  email: "address",
  "coauthor-name": "co-author's name",
  name: "model's name",
  "name-suffix": "end of the name",
  trailer: "trailer",
  line: "line",
  link: "link",
  branch: "branch",
  label: "label",
};

function kinds({ signals }: Tool, decides: boolean): string {
  const own = signals.filter(({ strength }) => (strength !== "weak") === decides);
  return [...new Set(own.map(({ kind }) => WORDS[kind]))].join(", ");
}
