import { posix } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { FILES, PAGES, read } from "./files.ts";
import { readPage } from "./pages.ts";

const FOLDERS: ReadonlySet<string> = new Set(FILES.flatMap(foldersAbove));
const OWN_PAGES = /^https:\/\/github\.com\/countersign\/countersign\/(?:blob|tree)\/main\//;

/** What is wrong with a link on a page, or nothing. */
function brokenness(target: string, page: string): string | null {
  const own = target.replace(OWN_PAGES, "/");
  if (/^[a-z]+:/i.test(own)) return null;
  const [path = "", anchor] = own.split("#");
  const file = resolved(decodeURI(path), page);
  if (!FILES.includes(file) && !FOLDERS.has(file)) return `${target}: there is no ${file}`;
  if (anchor === undefined) return null;
  if (!file.endsWith(".md")) return `${target}: an anchor in a file that is not a page`;
  return readPage(file).anchors.has(anchor) ? null : `${target}: ${file} has no heading #${anchor}`;
}

function resolved(path: string, page: string): string {
  if (path === "") return page;
  return path.startsWith("/") ? path.slice(1) : posix.join(posix.dirname(page), path).replace(/\/$/, "");
}

function foldersAbove(path: string): readonly string[] {
  const folder = posix.dirname(path);
  return folder === "." ? [] : [folder, ...foldersAbove(folder)];
}

describe("a link", () => {
  test.each([
    { why: "to a file", target: "docs/check.md", broken: false },
    { why: "to a folder", target: "deploy/kubernetes", broken: false },
    { why: "to a heading", target: "docs/operate.md#backup", broken: false },
    { why: "to another site", target: "https://example.com/none", broken: false },
    { why: "to a file that is missing", target: "docs/none.md", broken: true },
    { why: "to a heading that is missing", target: "docs/operate.md#none", broken: true },
    {
      why: "to a file of this repository on GitHub that is missing",
      target: "https://github.com/countersign/countersign/blob/main/docs/none.md",
      broken: true,
    },
  ])("$why: broken $broken", ({ target, broken }) => {
    expect(brokenness(target, "README.md") !== null).toBe(broken);
  });
});

test.each(PAGES)("all links of %s lead somewhere", (page) => {
  const { targets } = readPage(page);
  expect(targets.map((target) => brokenness(target, page)).filter((each) => each !== null)).toEqual([]);
});

const FORMS = FILES.filter((path) => path.startsWith(".github/ISSUE_TEMPLATE/"));

test.each(FORMS)("all links of %s lead somewhere", (path) => {
  const written = JSON.stringify(parse(read(path)));
  const targets = written.match(/https:\/\/github\.com\/countersign\/[^\s")\\]+/g) ?? [];
  expect(targets.map((target) => brokenness(target, path)).filter((each) => each !== null)).toEqual([]);
});

test("the README links every page of docs", () => {
  const linked = readPage("README.md").targets.map((target) => target.split("#")[0]);
  const pages = PAGES.filter((path) => /^docs\/[^/]+\.md$/.test(path));
  expect(pages.filter((page) => !linked.includes(page))).toEqual([]);
});
