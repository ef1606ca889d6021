import { expect, test } from "@jest/globals";
import { branchFindings } from "../../src/doctor/branch-findings.ts";
import type { Branch, Facts } from "../../src/doctor/facts.ts";
import { known, unknown } from "../../src/doctor/known.ts";
import { BRANCH, PROTECTION, SOUND } from "./sound.ts";

const FIX = "countersign doctor acme/shop --app-id 7 --fix";
const HIDDEN = unknown("somebody else");

const without: Partial<Branch> = { protections: known([]) };
const pinnedTo = (appId: number | null): Partial<Branch> => ({
  protections: known([{ ...PROTECTION, checks: [{ context: "countersign", appId, heldWhenMade: true }] }]),
});

/** Of branches that differ from a sound one in these. */
function found(...branches: readonly Partial<Branch>[]) {
  const facts: Facts = {
    ...SOUND,
    app: known({ id: 7, named: true }),
    branches: known(branches.map((given) => ({ ...BRANCH, ...given }))),
  };
  return branchFindings(facts);
}

test.each<{ why: string; branch: Partial<Branch>; code: string | null; fix?: string }>([
  { why: "a sound branch", branch: {}, code: null },
  { why: "no rule", branch: without, code: "check-required" },
  { why: "a check from anybody", branch: pinnedTo(null), code: "check-pinned" },
  { why: "a check from GitHub Actions", branch: pinnedTo(15368), code: "check-pinned" },
  { why: "a check from another App", branch: pinnedTo(9), code: "check-pinned" },
  {
    why: "a plan without rules, of which the rest follows",
    branch: { ...without, enforceable: known(false) },
    code: "plan-enforces",
    fix: "https://github.com/pricing",
  },
  { why: "rules that are hidden", branch: { protections: HIDDEN }, code: null },
  {
    why: "a plan that is hidden, and no rule",
    branch: { ...without, enforceable: HIDDEN },
    code: "check-required",
  },
  { why: "a branch that may still be made", branch: { ...without, exampleOf: "release/*" }, code: null },
])("$why: $code", ({ branch, code, fix = FIX }) => {
  expect(found(branch)).toEqual(code === null ? [] : [{ branch: "main", code, fix }]);
});

test("each branch has its own", () => {
  expect(found(without, { name: "release" }, { name: "hotfix", ...pinnedTo(null) })).toEqual([
    { branch: "main", code: "check-required", fix: FIX },
    { branch: "hotfix", code: "check-pinned", fix: FIX },
  ]);
});

test("of branches that are hidden nothing is said", () => {
  expect(branchFindings({ ...SOUND, branches: HIDDEN })).toEqual([]);
});
