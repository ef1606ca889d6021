import type { Facts } from "./facts.ts";
import { known } from "./known.ts";
import { checkPinned, checkRequired, planEnforces } from "./rules/required.ts";

const RULES = [planEnforces, checkRequired, checkPinned] as const;

/** Why changes are known to get into a branch without the App's check, and a command or link that mends it. */
export interface BranchFinding {
  readonly branch: string;
  readonly code: (typeof RULES)[number]["code"];
  readonly fix: string;
}

/** What is known to be wrong with each governed branch that exists: of several reasons the first. */
export function branchFindings(facts: Facts): readonly BranchFinding[] {
  if ("unknown" in facts.branches) return [];
  return facts.branches.known.flatMap((branch): readonly BranchFinding[] => {
    if (branch.exampleOf !== null) return [];
    const alone = { ...facts, branches: known([branch]) };
    const rule = RULES.find(({ judge }) => judge(alone).holds === "no");
    return rule === undefined ? [] : [{ branch: branch.name, code: rule.code, fix: rule.fix(alone) }];
  });
}
