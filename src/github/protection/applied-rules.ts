import { z } from "zod";
import type { Protection } from "../../doctor/facts.ts";
import { type Known, known } from "../../doctor/known.ts";
import { type Asker, askList } from "./ask.ts";
import { reading } from "./rights.ts";
import {
  checksIn,
  type ReadRuleset,
  type RuleAnswer,
  readRuleset,
  ruleAnswer,
  sourceAnswer,
} from "./rulesets.ts";

/** Rulesets that were asked about already, perhaps for another branch. */
export type ReadRulesets = Map<number, Promise<ReadRuleset>>;

const appliedRule = ruleAnswer.extend({
  ruleset_id: z.int(),
  ruleset_source_type: sourceAnswer,
  ruleset_source: z.string(),
});

type AppliedRule = z.infer<typeof appliedRule>;

/** As many rules as three full rulesets have; more are not looked through. */
const RULE_PAGES = 5;

export function readRules(asker: Asker, branch: string): Promise<Known<readonly AppliedRule[]>> {
  return askList(
    asker,
    {
      route: "GET /repos/{owner}/{repo}/rules/branches/{branch}",
      parameters: { branch },
      answer: z.array(appliedRule),
      right: reading(asker),
    },
    RULE_PAGES,
  );
}

/** Each ruleset that applies to a branch, with what it asks for there. */
export async function protectionsOf(
  asker: Asker,
  rules: readonly AppliedRule[],
  read: ReadRulesets,
): Promise<Known<readonly Protection[]>> {
  const bySet = [...Map.groupBy(rules, ({ ruleset_id }) => ruleset_id)];
  return known(
    await Promise.all(
      bySet.map(async ([id, own]): Promise<Protection> => {
        const [{ ruleset_source_type: kind, ruleset_source: name } = NO_SOURCE] = own;
        const ruleset = read.get(id) ?? readRuleset(asker, { id, source: { kind, name } });
        read.set(id, ruleset);
        const { where, bypass } = await ruleset;
        return { where, bypass, ...partsOf(own) };
      }),
    ),
  );
}

const NO_SOURCE = { ruleset_source_type: "enterprise", ruleset_source: "nobody" } as const;

function partsOf(rules: readonly RuleAnswer[]): Omit<Protection, "where" | "bypass"> {
  const has = (wanted: string) => known(rules.some(({ type }) => type === wanted));
  const approvals = rules.map(({ parameters }) => parameters?.required_approving_review_count ?? 0);
  return {
    checks: checksIn(rules),
    blocksForcePushes: has("non_fast_forward"),
    blocksDeletions: has("deletion"),
    approvals: known(Math.max(0, ...approvals)),
  };
}
