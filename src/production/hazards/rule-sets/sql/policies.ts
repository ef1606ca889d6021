import type { Example } from "../../rule.ts";
import { shown } from "../../words.ts";
import { closingBracket } from "./clauses.ts";
import { NAME, plain } from "./names.ts";
import { alwaysHolds } from "./rows.ts";
import { migration, statementRule } from "./statement-rule.ts";

const CONDITIONS = /\b(?:USING|WITH CHECK) ?\(/gi;

/** A policy for roles that it names; others stay outside. */
const OF_SOME = / TO (?!.{0,200}\b(?:public|anon|authenticated)\b)[\w", ]{1,200} (?:USING|WITH)\b/i;

/** Whether one of the conditions of a policy holds for every row. */
function letsAllThrough(text: string): boolean {
  return [...text.matchAll(CONDITIONS)].some(({ 0: found, index }) => {
    const from = index + found.length;
    const end = closingBracket(text, from);
    return alwaysHolds(text.slice(from, end));
  });
}

export const POLICY_OPEN = statementRule({
  id: "sql/policy-open",
  kind: "widening",
  asks: "block",
  when: "a policy of row security goes, or lets every row through",
  pattern: new RegExp(
    `^(DROP) (?:ROW ACCESS )?POLICY (?:IF EXISTS )?${NAME} ON ${NAME}|^(DROP) ALL ROW ACCESS POLICIES ON ${NAME}|^(?:CREATE|ALTER) POLICY ${NAME} ON ${NAME}\\b.*`,
  ),
  why: ([text = "", drop, name = "", table = "", all, from = "", other = "", of = ""], { own }) => {
    if (all !== undefined) return `drops all policies of ${shown(plain(from))}: every row can be read`;
    if (drop === undefined)
      return letsAllThrough(text) && !(own.secured.has(of) && OF_SOME.test(text))
        ? `lets every row of ${shown(plain(of))} through by the policy ${shown(plain(other))}`
        : null;
    return own.later.policy(name, table)
      ? null
      : `drops the policy ${shown(plain(name))} of ${shown(plain(table))}: the rows it kept back can be read or written`;
  },
  reports: [
    [
      "drops the policy `own` of `orders`: the rows it kept back can be read or written",
      migration("DROP POLICY own ON orders;\n"),
    ],
    [
      "drops the policy `own` of `orders`: the rows it kept back can be read or written",
      migration(
        "DROP POLICY own ON orders;\nCREATE POLICY b ON items USING (id IN (SELECT id FROM orders));\n",
      ),
    ],
    ...[
      "CREATE POLICY work ON orders TO worker USING (true);\n",
      "ALTER TABLE items ENABLE ROW LEVEL SECURITY;\nCREATE POLICY work ON orders TO worker USING (true);\n",
      "ALTER TABLE orders ENABLE ROW LEVEL SECURITY;\nCREATE POLICY work ON orders TO anon USING (true);\n",
      "ALTER TABLE orders ENABLE ROW LEVEL SECURITY;\nCREATE POLICY work ON orders USING (true);\n",
    ].map((text): Example => ["lets every row of `orders` through by the policy `work`", migration(text)]),
    [
      "lets every row of `public.orders` through by the policy `all`",
      migration('CREATE POLICY "all" ON public.orders FOR ALL TO anon USING (true) WITH CHECK (true);\n'),
    ],
  ],
  ignores: [
    [
      "row security begins with it, for some",
      migration(
        "ALTER TABLE orders ENABLE ROW LEVEL SECURITY;\nCREATE POLICY work ON orders TO worker, rds_iam USING (true);\n",
      ),
    ],
    ["rows of one's own", migration("CREATE POLICY own ON orders USING (owner = current_user);\n")],
    [
      "it is made again",
      migration("DROP POLICY own ON orders;\nCREATE POLICY own ON orders USING (owner = current_user);\n"),
    ],
  ],
});
