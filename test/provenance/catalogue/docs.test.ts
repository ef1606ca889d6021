import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { DECLARING, declarations } from "../../../src/provenance/declared/declarations.ts";

const PAGE = readFileSync(new URL("../../../docs/provenance.md", import.meta.url), "utf8");

test("the page's boxes and trailers declare what it says", () => {
  for (const words of Object.values(DECLARING)) expect(PAGE).toContain(words);
  const boxes = /```markdown\n([\s\S]*?)```/.exec(PAGE)?.[1] ?? "";
  expect(declarations(boxes)).toEqual([]);
  expect(declarations(boxes.replaceAll("[ ]", "[x]")).map(({ kind }) => kind)).toEqual(["ai", "no-ai"]);
});
