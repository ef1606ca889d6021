import { expect, test } from "@jest/globals";
import { controlPatterns } from "../../src/policy/control-patterns.ts";
import { DEFAULT_POLICY } from "../../src/policy/merge.ts";
import type { AreaRule } from "../../src/policy/policy.ts";
import { CONTROL, DATABASE } from "../signoff/build.ts";

const policyOf = (...areas: readonly AreaRule[]) => ({ ...DEFAULT_POLICY, areas });

test("the patterns of control files are those of all areas of that name, and of no other", () => {
  const more = { ...CONTROL, paths: ["/tools/agent.json"] };
  expect(controlPatterns(policyOf(DATABASE, CONTROL, more))).toEqual(["/.github/", "/tools/agent.json"]);
});

test("where the policy cannot be read they are the built-in ones", () => {
  expect(controlPatterns(null)).toEqual(controlPatterns(DEFAULT_POLICY));
  expect(controlPatterns(null)).toContain("/.github/CODEOWNERS");
});
