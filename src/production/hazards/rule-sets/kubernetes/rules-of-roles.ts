import { at, entriesOf, itemsOf, oneOrMore, type Tree } from "../../reading/tree.ts";

/** Roles of Kubernetes, as objects and as resources of Terraform. */
export const ROLE = /^(?:Cluster)?Role$|^kubernetes_(?:cluster_)?role(?:_v1)?$/;

export function rulesOf(tree: Tree): readonly Tree[] {
  const blocks = entriesOf(tree).filter(({ key }) => key === "rule");
  return [...itemsOf(at(tree, "rules")), ...blocks.flatMap(({ value }) => oneOrMore(value))];
}
