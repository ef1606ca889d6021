import { describe, expect, test } from "@jest/globals";
import { OutOfSteps } from "../../../src/notation/steps.ts";
import { type Block, parseHcl } from "../../../src/production/hazards/reading/hcl.ts";
import type { Tree } from "../../../src/production/hazards/reading/tree.ts";

type Shape = Readonly<Record<string, unknown>>;

/** Attributes by name, blocks by their head and line. */
function shapeOf({ attributes, blocks }: Block): Shape {
  return Object.fromEntries([
    ...attributes.map(({ key, value }) => [key, dataOf(value)] as const),
    ...blocks.map(
      (block) => [`${[block.type, ...block.labels].join(" ")}:${block.line}`, shapeOf(block)] as const,
    ),
  ]);
}

/** Plain data as it is, expressions as `= text`. */
function dataOf(tree: Tree): unknown {
  if (tree.kind === "list") return tree.items.map(dataOf);
  if (tree.kind === "map")
    return Object.fromEntries(tree.entries.map(({ key, value }) => [key, dataOf(value)]));
  return tree.literal ? tree.value : `= ${tree.value}`;
}

function read(text: string): Shape | null {
  const root = parseHcl(text);
  return root === null ? null : shapeOf(root);
}

const interpolated = (inner: string) => `$\{${inner}}`;

test.each<readonly [why: string, text: string, shape: Shape]>([
  ["plain values", 'a = "b"\nc = -1.5e3\nd = true\ne = null', { a: "b", c: -1500, d: true, e: null }],
  ["nested blocks", 'a "b" c {\n  d {\n  }\n}', { "a b c:1": { "d:2": {} } }],
  ["a block on one line", 'a "b" { c = 1 }', { "a b:1": { c: 1 } }],
  ["comments of all kinds", "# a {\n// b {\n/* c {\n */ d = 1 # }", { d: 1 }],
  ["lists over several lines", "a = [\n  1, # one\n  2,\n]", { a: [1, 2] }],
  [
    "mappings with = and :, by commas and lines",
    'a = { b = 1, "c" : 2\n  d = 3 }',
    { a: { b: 1, c: 2, d: 3 } },
  ],
  ["escaped quotes and braces in strings", 'a = "\\"}{ # no comment"', { a: '"}{ # no comment' }],
  [
    "strings within interpolations",
    `a = "x${interpolated('f("}", "{")')}y"`,
    { a: `= x${interpolated('f("}", "{")')}y` },
  ],
  ["an escaped interpolation", `a = "$${interpolated("x}")}"\n`, { a: `$${interpolated("x}")}` }],
  ["a here-document", "a = <<EOF\n} {\nEOF\nb = 1", { a: "} {", b: 1 }],
  ["an indented here-document", "a = <<-EOT\n    }\n  EOT\nb = 1", { a: "    }", b: 1 }],
  ["JSON in a here-document", 'a = <<EOF\n{"b": [1]}\nEOF', { a: { b: [1] } }],
  ["data handed on by functions", 'a = jsonencode({ b = toset(["c"]) })', { a: { b: ["c"] } }],
  ["lists laid together", 'a = concat(["b"], var.c)', { a: ["b", "= var.c"] }],
  ["sums and products of numbers", "a = 2 + 1\nb = 10 - 2 * 3\nc = -1 + 4", { a: 3, b: 4, c: 3 }],
  [
    "the larger and the smaller",
    "a = max(2, 5)\nb = min(2, 5)\nc = max(2, d)",
    { a: 5, b: 2, c: "= max(2, d)" },
  ],
  ["one of two that is chosen", "a = true ? 2 : 0\nb = false ? 2 : 0", { a: 2, b: 0 }],
  [
    "what is no sum of numbers",
    "a = 2 + b\nc = 1 / 2\nd = 1 == 1",
    { a: "= 2 + b", c: "= 1 / 2", d: "= 1 == 1" },
  ],
  ["conditions over several lines of a list", "a = [\n  x ? 1\n  : 2\n]", { a: ["= x ? 1\n  : 2"] }],
  [
    "comprehensions",
    "a = [for x in y : x.z]\nb = { for k, v in y : k => v }",
    { a: "= [for x in y : x.z]", b: "= { for k, v in y : k => v }" },
  ],
  ["indexes and splats", "a = b.c[0].d[*].e\nf = 1", { a: "= b.c[0].d[*].e", f: 1 }],
  ["an open argument list", "a = f(x, [y]...)\nb = 1", { a: "= f(x, [y]...)", b: 1 }],
])("reads %s", (_, text, shape) => {
  expect(read(text)).toEqual(shape);
});

describe("refuses what is not HCL", () => {
  test.each([
    ["an open block", "a {"],
    ["an open string", 'a = "b'],
    ["an open list", "a = [1, 2"],
    ["an open here-document", "a = <<EOF\nb"],
    ["a closing brace too many", "}"],
    ["another language", "kind: Deployment\nmetadata:\n  name: web"],
    ["a comment without an end", "a = [ /* 1 ]"],
  ])("%s", (_, text) => {
    expect(read(text)).toBeNull();
  });

  test("gives up blocks deeper than anybody writes", () => {
    expect(() => read("a {\n".repeat(100) + "}\n".repeat(100))).toThrow(OutOfSteps);
  });
});
