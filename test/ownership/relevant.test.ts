import { describe, expect, test } from "@jest/globals";
import { relevantLines } from "../../src/ownership/relevant.ts";
import { finish } from "../../src/paths/slices.ts";
import { fc } from "../fast-check.ts";
import { threadTime } from "../thread-time.ts";
import { ask } from "./reading.ts";

function relevantText(text: string, paths: readonly string[]): string {
  const relevant = finish(relevantLines(text, paths));
  return relevant.ok ? relevant.text : relevant.message;
}

const filler = "# nothing that matters\n".repeat(4_000);

test("a small file stays as it is", () => {
  const text = "* @a\n/x @b\n# y\n";
  expect(relevantText(text, ["x", "y"])).toBe(text);
});

test("of a large one the lines that decide stay where they are", () => {
  const text = `\uFEFF* @a\n/x @b # c\r\n/y @c\n/[z]/w @d\n${filler}*.ts`;
  const lines = relevantText(text, ["q/r", "x", "z/w"]).split("\n");
  expect(lines).toHaveLength(text.split("\n").length);
  expect(lines.filter((line) => line !== "")).toEqual(["\uFEFF* @a", "/x @b # c\r", "/[z]/w @d"]);
  expect(lines.indexOf("/[z]/w @d")).toBe(3);
});

const line = fc.constantFrom(
  "* @a",
  "/a/ @b",
  "*.b @c",
  "/a/*",
  "a b",
  "[a] @d",
  "/b/**/ @e",
  "# x",
  "",
  "!a",
);
const path = fc.constantFrom("a", "b", "a/a", "a/b", "b/a", "b/a.b", "a/b/c.b", "c");

test("it says the same of every path that was named", () => {
  fc.assert(
    fc.property(fc.array(line), fc.array(path), fc.boolean(), (lines, paths, marked) => {
      const text = `${marked ? "\uFEFF" : ""}${lines.join("\n")}\n${filler}`;
      const relevant = relevantText(text, paths);
      for (const path of paths) expect(ask(relevant, path)).toBe(ask(text, path));
    }),
    { numRuns: 50 },
  );
});

test("a file that is too large stays so", () => {
  const text = `* @a\n#${"x".repeat(3_000_000)}`;
  expect(ask(relevantText(text, ["x"]), "x")).toBe("1: invalid");
});

const changed = Array.from({ length: 230 }, (_, index) => `src/part-${index}/${"ab".repeat(12)}-${index}.ts`);

const hostile = [
  { why: "wildcards", lines: (index: number) => `*a*b*${index.toString(36)}*b @o`, count: 142_000 },
  { why: "wildcards in deep places", lines: (index: number) => `/src/*/*a*${index} @o`, count: 120_000 },
  { why: "names of one directory", lines: (index: number) => `/src/part-${index}/ @o`, count: 120_000 },
  { why: "a long way down", lines: (index: number) => `/${"a/".repeat(30_000)}${index} @o`, count: 45 },
  { why: "errors", lines: (index: number) => `[${index} @o nobody`, count: 140_000 },
  { why: "nobodies", lines: (index: number) => `* ${"a ".repeat(30_000)}${index}`, count: 45 },
].map(({ lines, count, ...row }) => ({
  ...row,
  text: Array.from({ length: count }, (_, i) => lines(i)).join("\n"),
}));

/** Milliseconds that each slice takes of this thread. */
function timesOf(text: string): readonly number[] {
  const slices = relevantLines(text, changed);
  const times: number[] = [];
  for (let done: boolean | undefined = false; !done; ) {
    const time = threadTime(() => {
      done = slices.next().done;
    });
    times.push(time);
  }
  return times;
}

describe("C13 a hostile file just under 3 MB holds nobody up", () => {
  test.each(hostile)("$why", ({ text }) => {
    expect(text.length).toBeLessThan(3_000_000);
    // Garbage is collected now in one slice, now in another: of each the shortest time of several runs counts.
    let best = timesOf(text);
    for (let run = 1; run < 5 && Math.max(...best) >= 50; run++) {
      const again = timesOf(text);
      best = best.map((time, slice) => Math.min(time, again[slice] ?? time));
    }
    expect(Math.max(...best)).toBeLessThan(50);
    expect(best.reduce((sum, time) => sum + time, 0)).toBeLessThan(2_000);
  });

  test("fails closed when it costs more than is allowed", () => {
    const [wildcards] = hostile;
    expect(finish(relevantLines(wildcards?.text ?? "", changed))).toEqual({
      ok: false,
      message: "CODEOWNERS costs too much to match; write fewer or simpler patterns with wildcards.",
    });
  });
});
