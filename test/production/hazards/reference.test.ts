import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { hazardsReference } from "../../../scripts/hazards-reference.ts";

test("docs/hazards.md is made from the rules and fresh", () => {
  expect(readFileSync(new URL("../../../docs/hazards.md", import.meta.url), "utf8")).toBe(hazardsReference());
});
