import { describe, expect, test } from "@jest/globals";
import { writtenShort } from "../../src/pages/shown-pull.ts";
import { everything, hazard, shown } from "./everything.ts";

describe("what is kept of a verdict is bounded", () => {
  test("all of it where it is short", () => {
    const { isCut: _, ...one } = shown(everything());
    expect(JSON.parse(writtenShort(one))).toEqual(JSON.parse(JSON.stringify(one)));
  });

  test.each([
    ["many hazards", { hazards: Array.from({ length: 5_000 }, (_, line) => ({ ...hazard, line })) }],
    [
      "long lines",
      { hazards: Array.from({ length: 300 }, () => ({ ...hazard, before: "x".repeat(9_000) })) },
    ],
    [
      "many paths",
      {
        areas: Array.from({ length: 300 }, () => ({ name: "a", paths: Array(3_000).fill("p".repeat(200)) })),
      },
    ],
  ])("less of it where there are %s, and it says so", (_, more) => {
    const text = writtenShort({ ...shown({ ...everything(), ...more }) });
    expect(text.length).toBeLessThanOrEqual(128 * 1024);
    expect(JSON.parse(text)).toMatchObject({ isCut: true, check: { title: "Needs @acme/sre" } });
  });

  test("a half of a character is never left", () => {
    const text = writtenShort(shown({ ...everything(), areas: [{ name: "😀".repeat(5_000), paths: [] }] }));
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toMatch(/\\ud[89a-f]/i);
  });
});
