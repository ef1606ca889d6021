import { expect, test } from "@jest/globals";
import { bypassComment } from "../../src/watch/comment.ts";

const GIVEN = {
  outcome: "red",
  branch: "release/1_*a*",
  headSha: "0123456789abcdef",
  by: "olga",
  at: "2026-11-30T12:34:56Z",
  page: "https://docs.example/bypass.md",
} as const;

test("who merged what, when, and what it means; names notify nobody and are no Markdown", () => {
  expect(bypassComment(GIVEN)).toBe(`<!-- countersign bypass -->
**Merged past Countersign**

\`olga\` merged \`0123456\` into release/1\\_\\*a\\* on 2026-11-30 12:34 UTC, although its check did not pass. This is recorded.

An owner of what it changes should look at it now; the check on \`0123456\` says what was missing. [What this means](https://docs.example/bypass.md)`);
});

test.each([
  { why: "nobody is named", given: { by: null }, says: "Somebody merged `0123456`" },
  {
    why: "no verdict stood",
    given: { outcome: "no-check" as const },
    says: "although no verdict had let it through.",
  },
])("$why", ({ given, says }) => {
  expect(bypassComment({ ...GIVEN, ...given })).toContain(says);
});
