import { readdirSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { exportOf, toolIndex } from "../../scripts/tool-index.ts";
import { CATALOGUE } from "../../src/provenance/catalogue/catalogue.ts";

const FOLDER = new URL("../../src/provenance/catalogue/tools/", import.meta.url);

test("the index lists every file of a tool by its name, whatever the order of the folder", () => {
  const files = ["b-two.ts", "a.ts", "notes.md"];

  expect(toolIndex(files)).toBe(toolIndex(files.toReversed()));
  expect(toolIndex(files)).toContain("[\n  a,\n  bTwo,\n].flat()");
});

test("the catalogue holds the tools of every file", async () => {
  for (const file of readdirSync(FOLDER)) {
    const module: Record<string, unknown> = await import(new URL(file, FOLDER).href);
    const own = [module[exportOf(file.replace(/\.ts$/, ""))]].flat();

    expect([file, own.length > 0, own.filter((tool) => !CATALOGUE.some((each) => each === tool))]).toEqual([
      file,
      true,
      [],
    ]);
  }
});
