import { describe, expect, test } from "@jest/globals";
import { ROOMS, type Room } from "../../scripts/architecture/rooms.ts";
import { arrowsUpwards, forbiddenArrows } from "./arrows.ts";
import { circles } from "./circles.ts";
import { type ImportGraph, importsOf, readImportGraph } from "./import-graph.ts";

const graph = readImportGraph(["src", "demo", "bench"]);

test("No file imports itself through others, types included", () => {
  expect(graph.size).toBeGreaterThan(400);
  expect(circles(graph)).toEqual([]);
});

test("Every import follows an arrow of the table", () => {
  expect(forbiddenArrows(graph, ROOMS)).toEqual([]);
});

test("The table's own arrows run one way", () => {
  expect(arrowsUpwards(ROOMS)).toEqual([]);
});

test.each([
  ["a value", 'import { a } from "../b/c.ts";', ["src/b/c.ts"]],
  ["a type", 'import type { A } from "./c.ts";', ["src/a/c.ts"]],
  ["an inline type", 'type A = import("./c.ts").A;', ["src/a/c.ts"]],
  ["a re-export", 'export { a } from "./c.ts"; export * from "./d.ts";', ["src/a/c.ts", "src/a/d.ts"]],
  ["a dynamic import", 'const { a } = await import("./c.ts");', ["src/a/c.ts"]],
  ["a file imported twice", 'import "./c.ts"; import type { A } from "./c.ts";', ["src/a/c.ts"]],
  ["a package or a built-in module", 'import "zod"; import "node:fs";', []],
  ["a string that looks like an import", "const text = \"import './c.ts'\";", []],
])("Reads %s", (_, text, imported) => {
  expect(importsOf("src/a/a.ts", text)).toEqual(imported);
});

describe("Circles", () => {
  test.each<[string, Record<string, string[]>, string[]]>([
    ["two files", { a: ["b"], b: ["a"] }, ["a -> b -> a"]],
    ["a long way round", { a: ["b"], b: ["c"], c: ["d"], d: ["b"] }, ["b -> c -> d -> b"]],
    ["a file that imports itself", { a: ["a"] }, ["a -> a"]],
    ["two circles apart", { a: ["b"], b: ["a"], c: ["d"], d: ["c"] }, ["a -> b -> a", "c -> d -> c"]],
    ["none: two ways to one file", { a: ["b", "c"], b: ["d"], c: ["d"], d: [] }, []],
    ["none: a file outside the graph", { a: ["outside"] }, []],
  ])("Finds %s", (_, files, found) => {
    expect(circles(new Map(Object.entries(files)))).toEqual(found);
  });
});

describe("Arrows", () => {
  const rooms: readonly Room[] = [
    { name: "low", group: "core", files: ["src/low/"], purpose: "", imports: [] },
    { name: "mid/inner", files: ["src/mid/inner/", "src/mid/model.ts"], purpose: "", imports: ["core"] },
    { name: "mid", files: ["src/mid/"], purpose: "", imports: ["mid/inner"], door: "src/mid/door.ts" },
    { name: "top", files: ["src/top/"], purpose: "", imports: ["low", "mid", "mid/*"] },
  ];
  const check = (file: string, target: string) => forbiddenArrows(arrow(file, target), rooms);

  test.each([
    ["a room named in the table", "src/top/a.ts", "src/low/a.ts"],
    ["a room of a named group", "src/mid/inner/a.ts", "src/low/a.ts"],
    ["a room below a named folder", "src/top/a.ts", "src/mid/inner/a.ts"],
    ["its own room", "src/low/a.ts", "src/low/b/c.ts"],
    ["its own room past the door", "src/mid/a.ts", "src/mid/b.ts"],
    ["the door", "src/top/a.ts", "src/mid/door.ts"],
    ["a file that a narrower room claims", "src/mid/a.ts", "src/mid/model.ts"],
  ])("Allow a file to import %s", (_, file, target) => {
    expect(check(file, target)).toEqual([]);
  });

  test.each([
    ["a room above", "src/low/a.ts", "src/top/a.ts", "low may not import top"],
    ["a room that the table does not name for it", "src/mid/a.ts", "src/low/a.ts", "mid may not import low"],
    ["the folder around it", "src/mid/inner/a.ts", "src/mid/a.ts", "mid/inner may not import mid"],
    ["a room past its door", "src/top/a.ts", "src/mid/a.ts", "other rooms import only src/mid/door.ts"],
    ["a file in no room", "src/low/a.ts", "src/lower/a.ts", "which is in no room"],
  ])("Forbid %s", (_, file, target, reason) => {
    expect(check(file, target)).toEqual([expect.stringContaining(reason)]);
  });

  test("A file in no room is reported", () => {
    expect(forbiddenArrows(new Map([["src/new/a.ts", []]]), rooms)).toEqual(["src/new/a.ts is in no room."]);
  });

  test("A table with an arrow upwards, or to a room it does not hold, is reported", () => {
    const [low, inner] = rooms;
    const table = [{ name: "low", files: [], purpose: "", imports: ["mid/inner"] }, inner, low].flatMap(
      (room) => room ?? [],
    );
    expect(arrowsUpwards(table)).toEqual([
      "low may not import mid/inner, which is not above it in the table.",
      "mid/inner may not import core, which is not above it in the table.",
    ]);
  });
});

function arrow(file: string, target: string): ImportGraph {
  return new Map([[file, [target]]]);
}
