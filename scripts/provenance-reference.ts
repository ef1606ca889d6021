import { readFileSync } from "node:fs";
import { MEASURED, type Measured } from "../bench/provenance/measured.ts";
import { CATALOGUE } from "../src/provenance/catalogue/catalogue.ts";
import type { Signal, Tool } from "../src/provenance/tool/tool.ts";

const PAGE = new URL("../docs/provenance.md", import.meta.url);
const SECTION = /(<!-- tools: [^\n]*-->\n)[\s\S]*(<!-- \/tools -->)/;

const MEASURED_SECTION = /(<!-- measured: [^\n]*-->\n)[\s\S]*(<!-- \/measured -->)/;

/** The page on provenance with its tables of tools and of figures made from data; the rest of it is written by hand. */
export function provenanceReference(page = readFileSync(PAGE, "utf8")): string {
  if (!SECTION.test(page) || !MEASURED_SECTION.test(page))
    throw new Error("docs/provenance.md has lost the comments around its tables.");
  return page
    .replace(SECTION, (_, open: string, close: string) => `${open}\n${table()}\n\n${close}`)
    .replace(MEASURED_SECTION, (_, open: string, close: string) => `${open}\n${measuredTable()}\n\n${close}`);
}

function measuredTable(): string {
  const rows = MEASURED.read();
  const sum = (of: (row: Measured) => number) =>
    rows.reduce((total, row) => total + of(row), 0).toLocaleString("en");
  return [
    "| repository | newest commit | measured | commits | before | false | AI | automation |",
    "|---|---|---|---|---|---|---|---|",
    ...rows.map(({ repository, newest, measured, ...counts }) => {
      const numbers = [counts.commits, counts.before, counts.false, counts.ai, counts.automation];
      const shown = numbers.map((number) => number.toLocaleString("en")).join(" | ");
      return `| ${repository} | ${newest.replace(/^\S+/, "`$&`")} | ${measured} | ${shown} |`;
    }),
    `| **all** | | | **${sum((row) => row.commits)}** | **${sum((row) => row.before)}** | **${sum((row) => row.false)}** | **${sum((row) => row.ai)}** | **${sum((row) => row.automation)}** |`,
  ].join("\n");
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
