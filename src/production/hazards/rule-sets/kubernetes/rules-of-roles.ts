import { at, entriesOf, itemsOf, oneOrMore, type Tree } from "../../reading/tree.ts";

/** Roles of Kubernetes, as objects and as resources of Terraform. */
export const ROLE = /^(?:Cluster)?Role$|^kubernetes_(?:cluster_)?role(?:_v1)?$/;

/** A list, or blocks of that name. */
function listed(tree: Tree, list: string, block: string): readonly Tree[] {
  const blocks = entriesOf(tree).filter(({ key }) => key === block);
  return [...itemsOf(at(tree, list)), ...blocks.flatMap(({ value }) => oneOrMore(value))];
}

export const rulesOf = (tree: Tree) => listed(tree, "rules", "rule");

export const subjectsOf = (tree: Tree) => listed(tree, "subjects", "subject");
