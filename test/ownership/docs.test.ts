import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const page = readFileSync(new URL("../../docs/ownership.md", import.meta.url), "utf8");

/** The first block of a language on the page. */
function block(language: string): string {
  const [, text] = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "s").exec(page) ?? [];
  if (text === undefined) throw new Error(`the page has no block of ${language}`);
  return text;
}

test("the example on the page prints what the page says", () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-docs-"));
  const entry = new URL("../../src/ownership/codeowners.ts", import.meta.url).href;
  const file = join(folder, "example.ts");
  try {
    writeFileSync(file, block("ts").replace('"countersign/codeowners"', JSON.stringify(entry)));
    const { stdout, stderr } = spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", file], {
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout).toBe(block("text"));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the package exports what the example imports", () => {
  const { exports } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(exports["./codeowners"]).toEqual({
    types: "./dist/ownership/codeowners.d.ts",
    default: "./dist/ownership/codeowners.js",
  });
});
