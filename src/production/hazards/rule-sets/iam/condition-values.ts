import { type Condition, restricts } from "../../reading/conditions.ts";
import { likelyFormer } from "../../reading/parts.ts";
import { type Statement, statementsIn } from "../../reading/statements.ts";
import { covers } from "../../reading/wildcards.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { OF } from "./each-statement.ts";
import { byActionOf, comparisons, formerGrants } from "./same-grant.ts";
import { document } from "./samples.ts";

/** More values are no list to compare one by one with another. */
const MOST_VALUES = 300;

const forbids = ({ test }: Condition) => /Not/i.test(test);
/** A request without the variable passes. */
const passesWithout = ({ test }: Condition) => /IfExists$|^ForAllValues:/i.test(test);

/** What a condition lets through that it kept out, as text; `null` where it is nothing. */
function letIn(before: Condition, after: Condition): string | null {
  if (passesWithout(after) && !passesWithout(before)) return "requests without it";
  if (before.values.length > MOST_VALUES || after.values.length > MOST_VALUES) return "any of many values";
  const not = (values: readonly string[], others: readonly string[]) =>
    values.filter((value) => !others.some((other) => covers(other, value)));
  const [was, is] = forbids(before) ? [after.values, before.values] : [before.values, after.values];
  const [fresh, lost] = [not(is, was), not(was, is)];
  const widens = lost.length === 0 || fresh.some((value) => lost.some((other) => covers(value, other)));
  return fresh.length > 0 && widens ? fresh.join(", ") : null;
}

interface Opening {
  readonly variable: string;
  readonly whom: string;
}

/** How a statement lets in more than an earlier one; `null` where none of its conditions does. */
function openingOf(before: Statement, after: Statement): Opening | null {
  for (const was of before.conditions.filter(restricts)) {
    const same = after.conditions.filter(
      (each) => each.variable === was.variable && forbids(each) === forbids(was),
    );
    const ways = same.map((each) => letIn(was, each));
    const [whom] = ways;
    if (whom !== undefined && whom !== null && !ways.includes(null)) return { variable: was.variable, whom };
  }
  return null;
}

const principal = (test: string, values: string) =>
  document(
    `    actions = ["s3:GetObject"]\n    resources = ["arn:aws:s3:::b/*"]\n    condition {\n      test = "${test}"\n      variable = "aws:PrincipalArn"\n      values = [${values}]\n    }`,
  );

const widened = (whom: string) =>
  `lets ${whom} past the condition on \`aws:PrincipalArn\` of \`data.aws_iam_policy_document.app\`: what it kept out gets in`;

const A = '"arn:aws:iam::1:role/a"';
const B = '"arn:aws:iam::2:role/b"';

export const CONDITION_WIDENED: Rule = {
  id: "iam/condition-widened",
  kind: "widening",
  asks: "block",
  when: "a condition of a statement lets more values through, keeps fewer out, or passes where there is none",
  parts: {
    of: OF,
    *find(part, all) {
      const before = likelyFormer(part, all);
      if (part.after === undefined || before === undefined) return;
      const byAction = byActionOf(statementsIn(before));
      const budget = comparisons();
      for (const statement of statementsIn(part.after)) {
        const opening = statement.actions
          .map((action) =>
            formerGrants({ action, statement }, byAction, budget).map((old) => openingOf(old, statement)),
          )
          .find((each) => each.length > 0 && !each.includes(null))?.[0];
        if (opening === undefined || opening === null) continue;
        const why = `lets ${shown(opening.whom)} past the condition on ${shown(opening.variable)} of ${shown(part.name)}: what it kept out gets in`;
        yield { what: shown(part.name), file: part.file, line: statement.line, side: "after", why };
      }
    },
  },
  reports: [
    [
      widened("`arn:aws:iam::2:role/b`"),
      changed("iam.tf", principal("ArnEquals", A), principal("ArnEquals", `${A}, ${B}`)),
    ],
    [
      widened("`arn:aws:iam::1:role/*`"),
      changed("iam.tf", principal("ArnEquals", A), principal("ArnLike", '"arn:aws:iam::1:role/*"')),
    ],
    [
      widened("`arn:aws:iam::2:role/b`"),
      changed("iam.tf", principal("ArnNotEquals", `${A}, ${B}`), principal("ArnNotEquals", A)),
    ],
    [
      widened("`requests without it`"),
      changed("iam.tf", principal("ArnEquals", A), principal("ArnEqualsIfExists", A)),
    ],
  ],
  ignores: [
    [
      "one takes the place of another",
      changed("iam.tf", principal("ArnEquals", A), principal("ArnEquals", B)),
    ],
    [
      "it lets less through",
      changed("iam.tf", principal("ArnEquals", `${A}, ${B}`), principal("ArnEquals", A)),
    ],
    [
      "it was covered before",
      changed(
        "iam.tf",
        principal("ArnLike", '"arn:aws:iam::1:role/*"'),
        principal("ArnLike", `"arn:aws:iam::1:role/*", ${A}`),
      ),
    ],
    [
      "it keeps more out",
      changed("iam.tf", principal("ArnNotEquals", A), principal("ArnNotEquals", `${A}, ${B}`)),
    ],
  ],
};
