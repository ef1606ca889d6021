import { traitRule } from "../../builders.ts";
import type { Parts } from "../../reading/parts.ts";
import { at, itemsOf, scalarsIn, type Tree, textOf } from "../../reading/tree.ts";
import { added, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { OF } from "./samples.ts";

export const CLUSTER_ADMIN: Rule = traitRule({
  id: "kubernetes/cluster-admin",
  kind: "widening",
  asks: "block",
  when: "`cluster-admin` is bound to somebody",
  of: OF,
  traits: (tree, { name }) => {
    const role = at(tree, "roleRef", "name");
    if (role === undefined || textOf(role) !== "cluster-admin") return [];
    const subjects = itemsOf(at(tree, "subjects")).map((subject) => textOf(at(subject, "name")));
    return (subjects.length === 0 ? [""] : subjects).map((subject) => ({
      key: subject,
      line: role.line,
      what: shown(name),
      why: `lets ${subject === "" ? "somebody" : shown(subject)} do everything in the cluster (\`cluster-admin\`)`,
    }));
  },
  reports: [
    [
      "lets `ci` do everything in the cluster (`cluster-admin`)",
      added(
        "rb.yaml",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: ci\nroleRef:\n  kind: ClusterRole\n  name: cluster-admin\nsubjects:\n  - kind: ServiceAccount\n    name: ci\n",
      ),
    ],
  ],
  ignores: [
    [
      "another role",
      added(
        "rb.yaml",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: ci\nroleRef:\n  kind: ClusterRole\n  name: view\nsubjects:\n  - kind: ServiceAccount\n    name: ci\n",
      ),
    ],
  ],
});

const READING_VERBS = new Set(["get", "list", "watch"]);

const ownRole =
  'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ci\nrules:\n  - {apiGroups: [acme.example], resources: [shops], verbs: ["*"]}\n';
const crd = (name: string) =>
  `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: ${name}\nspec: {}\n`;

/** Kinds of objects that this change brings in: there is none of them yet that a role could reach. */
function newKindsIn({ changed: parts }: Parts): ReadonlySet<string> {
  const kinds = parts.filter(({ type }) => type === "CustomResourceDefinition");
  return new Set(kinds.filter(({ before }) => before === undefined).map(({ name }) => name));
}

const textsOf = (rule: Tree, key: string) => [...scalarsIn(at(rule, key))].map(textOf);

/** The resources of a rule without those of kinds that come with the change; a rule may be about addresses instead. */
function resourcesOf(rule: Tree, all: Parts): readonly string[] {
  const [groups, resources] = [textsOf(rule, "apiGroups"), textsOf(rule, "resources")];
  if (resources.length === 0) return textsOf(rule, "nonResourceURLs");
  const kinds = groups.length === 0 ? new Set<string>() : newKindsIn(all);
  return resources.filter(
    (resource) => !kinds.has(`CustomResourceDefinition ${resource}.${groups[0]}`) || groups.length > 1,
  );
}

export const RBAC_WILDCARD: Rule = traitRule({
  id: "kubernetes/rbac-wildcard",
  kind: "widening",
  asks: "block",
  when: "a role may do anything to some objects, or something to every object",
  of: OF,
  traits: (tree, { name, type }, all) => {
    if (!/^(?:Cluster)?Role$/.test(type)) return [];
    return itemsOf(at(tree, "rules")).flatMap((rule) => {
      const verbs = textsOf(rule, "verbs");
      const resources = resourcesOf(rule, all);
      const isWild =
        verbs.includes("*") || (resources.includes("*") && verbs.some((verb) => !READING_VERBS.has(verb)));
      if (!isWild) return [];
      const which = resources.includes("*") ? "every object" : shown(resources.join(", "));
      const what = verbs.includes("*") ? "anything" : shown(verbs.join(", "));
      return resources.map((resource) => ({
        key: `${what} ${resource}`,
        line: rule.line,
        what: shown(name),
        why: `lets ${shown(name)} do ${what} to ${which}`,
      }));
    });
  },
  reports: [
    [
      "lets `ClusterRole ci` do anything to `shops`",
      added("role.yaml", ownRole),
      added("crd.yaml", crd("shops.other.example")),
    ],
    [
      "lets `ClusterRole ci` do anything to every object",
      added(
        "role.yaml",
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ci\nrules:\n  - apiGroups: ["*"]\n    resources: ["*"]\n    verbs: ["*"]\n',
      ),
    ],
  ],
  ignores: [
    ["a kind that comes with it", added("role.yaml", ownRole), added("crd.yaml", crd("shops.acme.example"))],
    [
      "it may only look",
      added(
        "role.yaml",
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ci\nrules:\n  - apiGroups: ["*"]\n    resources: ["*"]\n    verbs: [get, list, watch]\n',
      ),
    ],
  ],
});
