import type { ChangedPart } from "../../reading/part.ts";
import { at, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

/** Conditions that are one expression: of Google's IAM and identity pools (CEL), of Azure's roles. */
const EXPRESSIONS: readonly (readonly [types: RegExp, path: readonly string[]])[] = [
  [/^google_iam_work(?:load|force)_(?:identity_)?pool_provider$/, ["attribute_condition"]],
  [/^google_\w+_iam_(?:member|binding)$/, ["condition", "expression"]],
  [/^azurerm_(?:pim_\w+_)?role_assignment$/, ["condition"]],
];

const ALWAYS = /^(?:true|1\s*==\s*1|\(\s*true\s*\))$/i;

/** The parts of an expression that one of these words joins, outside brackets and quotes. */
function partsOf(text: string, joins: RegExp): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = "";
  let start = 0;
  for (let place = 0; place < text.length; place += 1) {
    const letter = text.charAt(place);
    if (quote !== "") {
      if (letter === quote) quote = "";
      continue;
    }
    if (letter === '"' || letter === "'") quote = letter;
    else if ("([{".includes(letter)) depth += 1;
    else if (")]}".includes(letter)) depth -= 1;
    if (depth > 0) continue;
    joins.lastIndex = place;
    const join = joins.exec(text)?.[0];
    if (join === undefined) continue;
    parts.push(text.slice(start, place));
    place += join.length - 1;
    start = place + 1;
  }
  return [...parts, text.slice(start)].map((each) => each.replaceAll(/\s+/g, " ").trim());
}

const isWithin = (some: readonly string[], all: readonly string[]) => {
  const known = new Set(all);
  return some.length < all.length && some.every((each) => known.has(each));
};

/** What of the identity an expression looks at: one thing of its owner, or only the owner. */
const ONE_THING =
  /\b(?:repository|repository_id|sub|subject|ref|environment|project_path|project_id|workflow_ref|job_workflow_ref)\b/;
const OWNER = /\b(?:repository_owner|repository_owner_id|namespace_path|namespace_id)\b/;

/** How an expression lets more in than before; `null` where it does not for sure. */
function openingOf(before: string, after: string): string | null {
  if (before === "" || ALWAYS.test(before) || after === "" || before === after) return null;
  if (ALWAYS.test(after)) return "it is always true";
  const [all, some] = [before, after].map((text) => partsOf(text, /&&|\bAND\b/iy));
  if (all !== undefined && some !== undefined && isWithin(some, all)) return "a part of it goes";
  const [few, more] = [before, after].map((text) => partsOf(text, /\|\||\bOR\b/iy));
  if (few !== undefined && more !== undefined && isWithin(few, more)) return "another way in comes";
  if (ONE_THING.test(before) && !ONE_THING.test(after) && OWNER.test(after))
    return "it only looks at the owner";
  return null;
}

function expressionOf(tree: Tree | undefined, { type }: ChangedPart): Tree | undefined {
  const path = EXPRESSIONS.find(([types]) => types.test(type))?.[1];
  return path === undefined ? undefined : at(tree, ...path);
}

const provider = (condition: string) =>
  `resource "google_iam_workload_identity_pool_provider" "a" {\n  attribute_condition = "${condition}"\n}\n`;

const ONE = "assertion.repository == 'acme/shop'";
const MAIN = "assertion.ref == 'refs/heads/main'";

export const EXPRESSION_LOOSENED: Rule = {
  id: "iam/expression-loosened",
  kind: "widening",
  asks: "block",
  when: "a condition that is one expression (Google, Azure) loses a part, gets another way in, or is always true",
  parts: {
    of: ["terraform"],
    *find(part) {
      const [before, after] = [part.before, part.after].map((tree) => expressionOf(tree, part));
      if (before === undefined || after === undefined) return;
      const how = openingOf(textOf(before).trim(), textOf(after).trim());
      if (how === null) return;
      const why = `loosens the condition of ${shown(part.name)}: ${how}, and what it kept out gets in`;
      yield { what: shown(part.name), file: part.file, line: after.line, side: "after", why };
    },
  },
  reports: [
    [
      "loosens the condition of `google_iam_workload_identity_pool_provider.a`: a part of it goes, and what it kept out gets in",
      changed("wif.tf", provider(`${ONE} && ${MAIN}`), provider(ONE)),
    ],
    [
      "loosens the condition of `google_iam_workload_identity_pool_provider.a`: another way in comes, and what it kept out gets in",
      changed("wif.tf", provider(ONE), provider(`${ONE} || assertion.repository == 'eve/shop'`)),
    ],
    [
      "loosens the condition of `google_iam_workload_identity_pool_provider.a`: it is always true, and what it kept out gets in",
      changed("wif.tf", provider(ONE), provider("true")),
    ],
    [
      "loosens the condition of `google_iam_workload_identity_pool_provider.a`: it only looks at the owner, and what it kept out gets in",
      changed("wif.tf", provider(ONE), provider("assertion.repository_owner == 'acme'")),
    ],
  ],
  ignores: [
    ["it asks for more", changed("wif.tf", provider(ONE), provider(`${ONE} && ${MAIN}`))],
    [
      "its parts change places",
      changed("wif.tf", provider(`${ONE} && ${MAIN}`), provider(`${MAIN} && ${ONE}`)),
    ],
    ["another repository", changed("wif.tf", provider(ONE), provider("assertion.repository == 'acme/till'"))],
  ],
};
