import { nameOf, onEachBranch } from "../branch-rules.ts";
import type { Branch } from "../facts.ts";
import { ownRuleset } from "../fixes.ts";
import { judgeKnown, no, notKnown, yes } from "../outcome.ts";
import { isOwn, type Requiring, requiring } from "../requiring.ts";
import type { FindingRule } from "./rule.ts";

export const checkRequired = {
  code: "check-required",
  severity: "error",
  says: "The check is required on every governed branch.",
  judge: (facts) =>
    onEachBranch(facts, (branch) =>
      judgeKnown(requiring(branch, facts), nameOf(branch), (places) =>
        places.length === 0 ? no(`${nameOf(branch)}: ${notRequired(branch)}`) : yes(),
      ),
    ),
  fix: ownRuleset,
} as const satisfies FindingRule;

/** Why nothing holds a branch to it: a rule may ask for it only of one that exists already. */
function notRequired(branch: Branch): string {
  const places = "known" in branch.protections ? branch.protections.known : [];
  const later = places.find(({ checks }) => checks.some((check) => isOwn(branch, check)));
  return later === undefined
    ? "no rule requires it"
    : `${later.where} requires it only once they exist, so that one can be made of anything`;
}

const REPORTED_BY: Readonly<Record<Exclude<Requiring["pin"], "own-app">, string>> = {
  anybody: "from any source: everybody with write access can report it",
  actions: "from GitHub Actions: every workflow can report it",
  "other-app": "from another App",
  "some-app": "from some App",
};

export const checkPinned = {
  code: "check-pinned",
  severity: "error",
  says: "Only this App can report the required check.",
  judge: (facts) =>
    onEachBranch(facts, (branch) =>
      judgeKnown(requiring(branch, facts), nameOf(branch), (places) => {
        if (places.length === 0) return no(`${nameOf(branch)}: the check is not required`);
        if (places.some(({ pin }) => pin === "own-app") && "known" in facts.app)
          return yes(`the App ${facts.app.known.id}`);
        const maybe = places.find(({ pin }) => pin === "some-app");
        if (maybe !== undefined && "unknown" in facts.app)
          return notKnown(
            `${nameOf(branch)}: ${maybe.protection.where} expects it ${REPORTED_BY["some-app"]}`,
            facts.app.unknown,
          );
        return no(
          ...places.flatMap(({ protection, pin }) =>
            pin === "own-app"
              ? []
              : [`${nameOf(branch)}: ${protection.where} accepts it ${REPORTED_BY[pin]}`],
          ),
        );
      }),
    ),
  fix: ownRuleset,
} as const satisfies FindingRule;

export const planEnforces = {
  code: "plan-enforces",
  severity: "error",
  says: "The owner's plan lets GitHub enforce rules here.",
  judge: (facts) =>
    onEachBranch(facts, (branch) =>
      judgeKnown(branch.enforceable, nameOf(branch), (enforceable) =>
        enforceable ? yes() : no("GitHub's free plan has no rules for private repositories"),
      ),
    ),
  fix: () => "https://github.com/pricing",
} as const satisfies FindingRule;

export const rulesEnforced = {
  code: "rules-enforced",
  severity: "error",
  says: "No rule that asks for the check is only evaluated or switched off.",
  judge: (facts) => {
    const required = checkRequired.judge(facts);
    if (required.holds === "yes") return yes();
    return judgeKnown(facts.branches, "the governed branches", (branches) => {
      const names = new Set(branches.flatMap(({ checkNames }) => checkNames));
      return judgeKnown(facts.idleRulesets, "rulesets that are not active", (rulesets) => {
        const asking = rulesets.filter(({ checks }) => checks.some(({ context }) => names.has(context)));
        if (asking.length === 0) return required.holds === "unknown" ? required : yes();
        return no(...asking.map(({ where, enforcement }) => `${where}: ${ENFORCEMENT[enforcement]}`));
      });
    });
  },
  fix: ownRuleset,
} as const satisfies FindingRule;

const ENFORCEMENT = { evaluate: "only evaluated, it blocks nothing", disabled: "switched off" } as const;
