import { describe, expect, test } from "@jest/globals";
import { allowed, type SchemaNode, schemaAt } from "../../src/policy/keys/json-schema.ts";
import { show } from "../../src/policy/show.ts";

describe("a value as a sentence shows it", () => {
  test.each<[string, unknown, string]>([
    ["nothing", null, "empty"],
    ["a number", 7, "7"],
    ["text of sixty characters, whole", "x".repeat(60), `"${"x".repeat(60)}"`],
    ["longer text, cut", "x".repeat(61), `"${"x".repeat(60)}…" (61 characters)`],
    ["a short list, whole", ["main"], '["main"]'],
    ["a list of sixty characters, whole", ["x".repeat(56)], `["${"x".repeat(56)}"]`],
    ["a longer list, counted", ["x".repeat(57)], "a list of 1 entries"],
    ["a list of many short entries, counted", Array.from({ length: 61 }, () => 1), "a list of 61 entries"],
    ["a short mapping, whole", { a: 1 }, '{"a":1}'],
    ["a longer one, named", { a: "x".repeat(60) }, "a mapping"],
  ])("%s", (_, value, shown) => {
    expect(show(value)).toBe(shown);
  });
});

describe("what may stand in a place", () => {
  test.each<[string, SchemaNode]>([
    ["true or false", { type: "boolean" }],
    ["a whole number from 1", { type: "integer", minimum: 1 }],
    ["a whole number from 0", { type: "integer" }],
    ["a whole number from 1 to 10", { type: "integer", minimum: 1, maximum: 10 }],
    ["text of up to 5 characters", { type: "string", maxLength: 5 }],
    ["a list of up to 3 entries", { type: "array", maxItems: 3 }],
    [
      "a list of 1 to 3 entries, each true or false",
      { type: "array", minItems: 1, maxItems: 3, items: { type: "boolean" } },
    ],
    ['"a"', { enum: ["a"] }],
    ['"a" or "b"', { enum: ["a", "b"] }],
    ['"a", "b" or "c"', { enum: ["a", "b", "c"] }],
    ["false", { const: false }],
    ["a colour", { type: "string", title: "a colour" }],
    ["a mapping of a, b", { type: "object", properties: { a: {}, b: {} }, title: "unused" }],
    ["a mapping", { type: "object" }],
    ["a mapping of names", { type: "object", title: "a mapping of names" }],
    ["nothing", {}],
  ])("%s", (shown, node) => {
    expect(allowed(node)).toBe(shown);
  });

  test.each<{ why: string; path: readonly (string | number)[] }>([
    { why: "below a leaf", path: ["mode", "x"] },
    { why: "at a key that does not exist", path: ["mods"] },
    { why: "in a mapping by number", path: [0] },
  ])("nothing is known $why", ({ path }) => {
    expect(schemaAt(path)).toBeUndefined();
  });

  test("a node that is no node is none", () => {
    for (const items of [null, [{ type: "string" }], true]) {
      expect(schemaAt([0], { items } as SchemaNode)).toBeUndefined();
    }
  });
});
