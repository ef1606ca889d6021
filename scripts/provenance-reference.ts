import { readFileSync } from "node:fs";
import { CATALOGUE } from "../src/provenance/catalogue/catalogue.ts";
import type { Signal, Tool } from "../src/provenance/tool/tool.ts";

const PAGE = new URL("../docs/provenance.md", import.meta.url);
const SECTION = /(<!-- tools: [^\n]*-->\n)[\s\S]*(<!-- \/tools -->)/;

/** The page on provenance with its table of tools made from the catalogue; the rest of it is written by hand. */
export function provenanceReference(page = readFileSync(PAGE, "utf8")): string {
  if (!SECTION.test(page))
    throw new Error("docs/provenance.md has lost the comments around its table of tools.");
  return page.replace(SECTION, (_, open: string, close: string) => `${open}\n${table()}\n\n${close}`);
}

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
