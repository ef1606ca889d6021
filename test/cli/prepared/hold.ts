import { expect } from "@jest/globals";
import type { Ran } from "../run-cli.ts";
import { isUntouched, SECRET, type Story } from "./story.ts";

/** What no repository can make a command do. */
export function holdHarmless(story: Story, { stdout, stderr }: Ran): void {
  expect(story.wasRun()).toBe(false);
  expect(isUntouched(story)).toBe(true);
  expect(`${stdout}${stderr}`).not.toContain(SECRET);
  expect(obeyed(stdout)).toEqual([]);
  expect(obeyed(stderr)).toEqual([]);
}

/** The lines that a terminal, a CI runner or a spreadsheet would obey. */
export function obeyed(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) =>
    [
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there.
      /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/,
      /^\s*::/,
      /##\w*\[/,
      /^(?:---|\+\+\+|~~~|\^\^\^) /,
    ].some((command) => command.test(line)),
  );
}
