import type { Facts } from "./facts.ts";
import type { Severity } from "./rules/rule.ts";
import { type Code, FINDING_RULES } from "./rules/rules.ts";

interface Common {
  readonly code: Code;
  readonly severity: Severity;
  /** What is so where it holds. */
  readonly says: string;
  /** What was found, and where. */
  readonly where: readonly string[];
}

export type Finding =
  | (Common & { readonly holds: "yes"; readonly fix: null })
  /** `fix` is a command or a link. */
  | (Common & { readonly holds: "no" | "unknown"; readonly fix: string });

/** What these facts say of the gate: every rule once, in the order of the table. */
export function diagnose(facts: Facts): readonly Finding[] {
  return FINDING_RULES.map(({ code, severity, says, judge, fix }): Finding => {
    const { holds, where } = judge(facts);
    const common = { code, severity, says, where };
    return holds === "yes" ? { ...common, holds, fix: null } : { ...common, holds, fix: fix(facts) };
  });
}
