import { expect, test } from "@jest/globals";
import { truncateLines } from "../../../src/signoff/report/truncate.ts";

const line = (bytes: number) => "x".repeat(bytes);
/** Kept free for the line that says what was left out. */
const RESERVE = 80;

test.each<{ why: string; lines: readonly string[]; bytes: number; shown: readonly string[] }>([
  { why: "nothing", lines: [], bytes: 0, shown: [] },
  { why: "all of it, up to the last byte", lines: ["ab", "cd"], bytes: 5, shown: ["ab", "cd"] },
  {
    why: "a line and its break, up to the last byte",
    lines: [line(9), line(9), line(99)],
    bytes: RESERVE + 20,
    shown: [line(9), line(9), "", "*1 more line not shown.*"],
  },
  {
    why: "no line that is a byte too long",
    lines: [line(9), line(10), line(99)],
    bytes: RESERVE + 20,
    shown: [line(9), "", "*2 more lines not shown.*"],
  },
  {
    why: "no shorter line behind one that did not fit",
    lines: [line(9), line(99), line(1)],
    bytes: RESERVE + 20,
    shown: [line(9), "", "*2 more lines not shown.*"],
  },
  {
    why: "bytes, not characters",
    lines: ["é".repeat(9), line(99)],
    bytes: RESERVE + 18,
    shown: ["", "*2 more lines not shown.*"],
  },
  { why: "no line at all", lines: [line(99)], bytes: RESERVE, shown: ["", "*1 more line not shown.*"] },
])("a text that is too long keeps its first lines whole: $why", ({ lines, bytes, shown }) => {
  expect(truncateLines(lines, bytes)).toBe(shown.join("\n"));
});
