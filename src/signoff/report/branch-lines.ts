import type { BranchFinding } from "../../doctor/branch-findings.ts";
import { joinAnd } from "../wording/words.ts";
import { code, link } from "./escape.ts";
import type { Section } from "./sections.ts";

/** What is known to let changes into the branches concerned without this check, one line for each fix. */
export function branchLines(findings: readonly BranchFinding[]): Section {
  const byFix = Map.groupBy(findings, ({ code: reason, fix }) => `${reason} ${fix}`);
  return [...byFix.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const branches = joinAnd([...new Set(own.map(({ branch }) => code(branch)))]);
    const fix = first.fix.startsWith("https:") ? link("What to do", first.fix) : code(first.fix);
    return [SAYS[first.code](branches, fix), ""];
  });
}

const SAYS: Readonly<Record<BranchFinding["code"], (branches: string, fix: string) => string>> = {
  "plan-enforces": (branches, fix) =>
    `**GitHub enforces no rules on ${branches}**, so it merges without this check: the owner's plan has no rules for private repositories. ${fix}.`,
  "check-required": (branches, fix) =>
    `**This check is not required on ${branches}**, so GitHub merges without it. For an administrator: ${fix} shows the ruleset that requires it.`,
  "check-pinned": (branches, fix) =>
    `**GitHub does not take this check from this App alone on ${branches}**, so others can report it. For an administrator: ${fix} shows the ruleset that names the App.`,
};
