import { describe, expect, test } from "@jest/globals";
import { findHazards } from "../../../src/production/hazards/find.ts";
import { SYSTEMS } from "../../../src/production/hazards/rule-sets.ts";

const RULES = SYSTEMS.flatMap(({ rules }) => rules);
const each = <Key extends "speaks" | "silent">(key: Key) =>
  RULES.flatMap(({ id, [key]: examples }) =>
    examples.map(([says, ...files]) => ({ id, says, files, path: files[0]?.path ?? "" })),
  );

test("every rule has its own id, and at least one example for either answer", () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  expect(RULES.filter(({ speaks, silent }) => speaks.length === 0 || silent.length === 0)).toEqual([]);
});

describe("speaks", () => {
  test.each(each("speaks"))("$id in $path: $says", ({ id, says, files }) => {
    expect(findHazards(files).filter((hazard) => hazard.id === id)).toEqual([
      expect.objectContaining({ why: says }),
    ]);
  });
});

describe("stays silent", () => {
  test.each(each("silent"))("$id in $path: $says", ({ id, files }) => {
    expect(findHazards(files).filter((hazard) => hazard.id === id)).toEqual([]);
  });
});
