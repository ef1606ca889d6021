import { expect, test } from "@jest/globals";
import { diffLines } from "../../../src/cli/doctor/diff.ts";

test.each([
  { before: "", after: "", shown: "" },
  { before: "a b c", after: "a b c", shown: " a  b  c" },
  { before: "", after: "a b", shown: "+a +b" },
  { before: "a b", after: "", shown: "-a -b" },
  { before: "a x c", after: "a y c", shown: " a -x +y  c" },
  { before: "a b c d", after: "b c d e", shown: "-a  b  c  d +e" },
  { before: "a b a b", after: "b a b a", shown: "-a  b  a  b +a" },
])("$before | $after", ({ before, after, shown }) => {
  const words = (text: string) => text.split(" ").filter((word) => word !== "");

  const lines = diffLines(words(before), words(after));

  expect(lines.map(({ mark, text }) => `${mark}${text}`).join(" ")).toBe(shown);
});
