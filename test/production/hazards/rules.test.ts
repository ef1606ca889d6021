import { describe, expect, test } from "@jest/globals";
import { findHazards } from "../../../src/production/hazards/find.ts";
import { RULE_SETS } from "../../../src/production/hazards/rule-sets.ts";

const RULES = RULE_SETS.flatMap(({ rules }) => rules);
const each = <Key extends "reports" | "ignores">(key: Key) =>
  RULES.flatMap(({ id, [key]: examples }) =>
    examples.map(([says, ...files]) => ({ id, says, files, path: files[0]?.path ?? "" })),
  );

test("every rule has its own id, and at least one example for either answer", () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  expect(RULES.filter(({ reports, ignores }) => reports.length === 0 || ignores.length === 0)).toEqual([]);
});

describe("reports", () => {
  test.each(each("reports"))("$id in $path: $says", ({ id, says, files }) => {
    expect(findHazards(files).filter((hazard) => hazard.id === id)).toEqual([
      expect.objectContaining({ why: says }),
    ]);
  });
});

describe("stays ignores", () => {
  test.each(each("ignores"))("$id in $path: $says", ({ id, files }) => {
    expect(findHazards(files).filter((hazard) => hazard.id === id)).toEqual([]);
  });
});
