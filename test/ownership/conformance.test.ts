import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { showOwner } from "../../src/ownership/owner.ts";
import { createOwnership } from "../../src/ownership/ownership.ts";
import { parseCodeowners } from "../../src/ownership/parse.ts";
import { createMatcher } from "../../src/paths/matcher.ts";
import { parsePattern } from "../../src/paths/pattern.ts";

/** Cases gathered from GitHub's documentation, live observations and other readers' tests; not part of this project. */
const file = new URL("../../../shared/data/codeowners-cases.json", import.meta.url);

type Case = { readonly id: number; readonly path: string; readonly disputed?: boolean } & (
  | { readonly pattern: string; readonly expect: { readonly match: boolean } }
  | { readonly file: string; readonly expect: { readonly owners: readonly string[] } }
);

function answer(each: Case): Case["expect"] {
  if ("pattern" in each) {
    // An invalid pattern matches nothing on GitHub.
    const parsed = parsePattern(each.pattern);
    return { match: parsed.ok && createMatcher([parsed.pattern]).matches(each.path) };
  }
  const ownership = createOwnership(parseCodeowners(each.file)).of(each.path);
  return { owners: ownership.kind === "owned" ? ownership.owners.map(showOwner) : [] };
}

(existsSync(file) ? test : test.skip)("agrees with every undisputed case", () => {
  const cases = (JSON.parse(readFileSync(file, "utf8")) as readonly Case[]).filter(
    ({ disputed }) => !disputed,
  );
  expect(cases.length).toBeGreaterThan(1_000);
  expect(cases.map((each) => ({ ...each, expect: answer(each) }))).toEqual(cases);
});
