import { expect, test } from "@jest/globals";
import { CHECK_TITLE_CHARACTERS } from "../../../src/signoff/limits.ts";
import { UNUSED_CHECK } from "../../../src/signoff/report/unused-check.ts";

test("a check that is not in use any more says so, and what to do where it is still required", () => {
  const { title, summary, text, annotations } = UNUSED_CHECK;
  expect(title).toMatch(/^Not in use: /);
  expect([...title].length).toBeLessThanOrEqual(CHECK_TITLE_CHARACTERS);
  expect(summary).toMatch(
    /^This check was published before, [^\n]+\n\nIf a branch still requires this check, [^\n]+\.$/,
  );
  expect({ text, annotations }).toEqual({ text: "", annotations: [] });
});
