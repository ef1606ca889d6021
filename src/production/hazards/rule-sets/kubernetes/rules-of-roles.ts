import type { ChangedPart } from "../../reading/part.ts";
import { at, entriesOf, itemsOf, oneOrMore, placesIn, type Tree } from "../../reading/tree.ts";

/** Roles of Kubernetes, as objects and as resources of Terraform. */
const ROLE = /^(?:Cluster)?Role$|^kubernetes_(?:cluster_)?role(?:_v1)?$/;

/** A list, or blocks of that name. */
function listed(tree: Tree, list: string, block: string): readonly Tree[] {
  const blocks = entriesOf(tree).filter(({ key }) => key === block);
  return [...itemsOf(at(tree, list)), ...blocks.flatMap(({ value }) => oneOrMore(value))];
}

const rulesOf = (tree: Tree) => listed(tree, "rules", "rule");

/** Rules of roles among the values of a chart, wherever they stand. */
function rulesInValues(tree: Tree): readonly Tree[] {
  return placesIn(tree)
    .filter(({ key, value }) => /rules$/i.test(key) && value.kind === "list")
    .flatMap(({ value }) => itemsOf(value))
    .filter((rule) => at(rule, "verbs") !== undefined && at(rule, "resources") !== undefined);
}

/** What a part says that somebody may do in the cluster. */
export function rulesAt(
  tree: Tree,
  { type, notation }: Pick<ChangedPart, "type" | "notation">,
): readonly Tree[] {
  if (notation === "helm-values") return rulesInValues(tree);
  return ROLE.test(type) ? rulesOf(tree) : [];
}

export const subjectsOf = (tree: Tree) => listed(tree, "subjects", "subject");
