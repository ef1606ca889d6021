import { PassThrough } from "node:stream";
import { expect, test } from "@jest/globals";
import { confirm } from "../../../src/cli/output/confirm.ts";
import { sink } from "../run-cli.ts";

test.each<[string, string, boolean]>([
  ["y", "y\n", true],
  ["yes in any case", " YES \n", true],
  ["n", "n\n", false],
  ["nothing but a line", "\n", false],
  ["another word", "yesterday\n", false],
  ["nothing any more", "", false],
])("%s", async (_, typed, expected) => {
  const out = sink();
  const input = new PassThrough();
  input.end(typed);
  expect(await confirm(input, out.stream, "Write this ruleset?")).toBe(expected);
  expect(out.written()).toMatch(/^Write this ruleset\? \[y\/N\] /);
});
