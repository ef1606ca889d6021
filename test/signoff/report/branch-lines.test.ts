import { expect, test } from "@jest/globals";
import type { BranchFinding } from "../../../src/doctor/branch-findings.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import { branchLines } from "../../../src/signoff/report/branch-lines.ts";
import { explain } from "../../../src/signoff/report/explain.ts";
import { humanChange, JUDGED, policy } from "../build.ts";

const FIX = "countersign doctor acme/shop --app-id 7 --fix";
const found = (branch: string, code: BranchFinding["code"] = "check-required", fix = FIX): BranchFinding => {
  return { branch, code, fix };
};

const required = (branches: string) =>
  `**This check is not required on ${branches}**, so GitHub merges without it. For an administrator: \`${FIX}\` shows the ruleset that requires it.`;
const pinned = (branches: string) =>
  `**GitHub does not take this check from this App alone on ${branches}**, so others can report it. For an administrator: \`${FIX}\` shows the ruleset that names the App.`;
const planned = (branches: string) =>
  `**GitHub enforces no rules on ${branches}**, so it merges without this check: the owner's plan has no rules for private repositories. [What to do](https://github.com/pricing).`;

test.each<{ why: string; findings: readonly BranchFinding[]; says: readonly string[] }>([
  { why: "nothing is known to be wrong", findings: [], says: [] },
  { why: "it is not required", findings: [found("main")], says: [required("`main`")] },
  { why: "it is not pinned", findings: [found("main", "check-pinned")], says: [pinned("`main`")] },
  {
    why: "the plan has no rules",
    findings: [found("main", "plan-enforces", "https://github.com/pricing")],
    says: [planned("`main`")],
  },
  {
    why: "several branches of one kind are one line",
    findings: [found("main"), found("release"), found("hotfix")],
    says: [required("`main`, `release` and `hotfix`")],
  },
  {
    why: "two kinds are two lines",
    findings: [found("main"), found("release", "check-pinned")],
    says: [required("`main`"), pinned("`release`")],
  },
  {
    why: "a branch whose name is Markdown is shown as it is",
    findings: [found("**`@acme/sre`](x)<b>")],
    says: [required("``**`@acme/sre`](x)<b>``")],
  },
])("$why", ({ findings, says }) => {
  expect(branchLines(findings)).toEqual(says.flatMap((line) => [line, ""]));
});

test("it stands below the first line, and changes nothing else", () => {
  const verdict = evaluate(humanChange(), policy());
  const without = explain(verdict, JUDGED);
  const { summary, ...rest } = explain(verdict, { ...JUDGED, branches: [found("main")] });
  const [lead = "", ...others] = without.summary.split("\n");
  expect(summary.split("\n")).toEqual([lead, "", required("`main`"), ...others]);
  expect({ ...rest, summary: without.summary }).toEqual(without);
});
