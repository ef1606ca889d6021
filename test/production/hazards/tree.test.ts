import { describe, expect, test } from "@jest/globals";
import { at, type Mapping, type Tree } from "../../../src/production/hazards/reading/tree.ts";

const scalar = (value: string): Tree => ({ kind: "scalar", line: 1, value, literal: true });

function mapping(keys: readonly string[]): Mapping {
  return {
    kind: "map",
    line: 1,
    entries: keys.map((key, index) => ({ key, line: 1, value: scalar(`${key} at ${index}`) })),
  };
}

describe("of several entries with one key the first counts", () => {
  test.each([[3], [15], [16], [40]])("among %i others", (others) => {
    const rest = Array.from({ length: others }, (_, index) => `key-${index}`);
    const tree = mapping(["own", ...rest, "own"]);
    expect(at(tree, "own")).toEqual(scalar("own at 0"));
    expect(at(tree, "key-2")).toEqual(scalar("key-2 at 3"));
    expect(at(tree, "none")).toBeUndefined();
  });
});
