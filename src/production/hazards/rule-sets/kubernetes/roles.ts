import { traitRule } from "../../builders.ts";
import { at, fingerprint, scalarsIn, type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { rulesAt, subjectsOf } from "./rules-of-roles.ts";
import { OF } from "./samples.ts";

export const CLUSTER_ADMIN: Rule = traitRule({
  id: "kubernetes/cluster-admin",
  kind: "widening",
  asks: "block",
  when: "`cluster-admin` is bound to somebody",
  of: [...OF, "terraform"],
  traits: (tree, { name }) => {
    const role = at(tree, "roleRef", "name") ?? at(tree, "role_ref", "name");
    if (role === undefined || textOf(role) !== "cluster-admin") return [];
    const subjects = subjectsOf(tree).map((subject) => textOf(at(subject, "name")));
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
        "rbac.tf",
        'resource "kubernetes_cluster_role_binding" "ci" {\n  role_ref {\n    name = "cluster-admin"\n  }\n  subject {\n    name = "ci"\n  }\n}\n',
      ),
    ],
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

const textsOf = (rule: Tree, key: string) => [...scalarsIn(at(rule, key))].map(textOf);
const orNone = (texts: readonly string[]) => (texts.length === 0 ? [""] : texts);

const role = (rules: string) =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ci\nrules:\n${rules}`;

const READING_VERBS = new Set(["get", "list", "watch"]);

export const RBAC_WILDCARD: Rule = traitRule({
  id: "kubernetes/rbac-wildcard",
  kind: "widening",
  asks: "block",
  when: "a role may do anything to some objects, or something to every object",
  of: [...OF, "terraform", "helm-values"],
  lines: [
    {
      side: "after",
      pattern: /^\s*(?:-\s*)?(?:verbs|resources):\s*\[?\s*["']\*["']/,
      what: () => "a role",
      why: ([line = ""]) =>
        `lets a role do anything to some objects, or something to every one (${shown(line)})`,
    },
  ],
  traits: (tree, { name, type, notation }) =>
    rulesAt(tree, { type, notation }).flatMap((rule) => {
      const [verbs, resources] = [textsOf(rule, "verbs"), textsOf(rule, "resources")];
      const groups = [...textsOf(rule, "apiGroups"), ...textsOf(rule, "api_groups")];
      const isWild =
        verbs.includes("*") || (resources.includes("*") && verbs.some((verb) => !READING_VERBS.has(verb)));
      if (!isWild) return [];
      const which = resources.includes("*") ? "every object" : shown(resources.join(", "));
      const what = verbs.includes("*") ? "anything" : shown(verbs.join(", "));
      const why = `lets ${shown(name)} do ${what} to ${which}`;
      const names = fingerprint(at(rule, "resourceNames") ?? at(rule, "resource_names"));
      // Each by itself, because the same rights may be said in one rule or in several.
      return orNone(groups).flatMap((group) =>
        orNone(resources).map((resource) => ({
          key: `${what} ${group}/${resource} ${names}`,
          line: rule.line,
          what: shown(name),
          why,
        })),
      );
    }),
  reports: [
    [
      "lets `charts/a/values.yaml` do anything to every object",
      changed(
        "charts/a/values.yaml",
        "rbac:\n  rules: [{apiGroups: [a], resources: [b], verbs: [get]}]\n",
        'rbac:\n  rules: [{apiGroups: [a], resources: ["*"], verbs: ["*"]}]\n',
      ),
    ],
    [
      "lets `kubernetes_cluster_role.ci` do anything to `secrets`",
      added(
        "rbac.tf",
        'resource "kubernetes_cluster_role" "ci" {\n  rule {\n    resources = ["secrets"]\n    verbs = ["*"]\n  }\n}\n',
      ),
    ],
    [
      "lets `ClusterRole ci` do anything to `shops`",
      added("role.yaml", role('  - {apiGroups: [acme.example], resources: [shops], verbs: ["*"]}\n')),
    ],
    [
      "lets `ClusterRole ci` do anything to `deployments`",
      changed(
        "role.yaml",
        role('  - {apiGroups: [acme.example], resources: [deployments], verbs: ["*"]}\n'),
        role('  - {apiGroups: [apps], resources: [deployments], verbs: ["*"]}\n'),
      ),
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
    [
      "one rule says what two said",
      changed(
        "role.yaml",
        role(
          '  - {apiGroups: [a], resources: [b], verbs: ["*"]}\n  - {apiGroups: [a], resources: [c], verbs: ["*"]}\n',
        ),
        role('  - {apiGroups: [a], resources: [c, b], verbs: ["*"]}\n'),
      ),
    ],
    [
      "it may only look",
      added(
        "role.yaml",
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ci\nrules:\n  - apiGroups: ["*"]\n    resources: ["*"]\n    verbs: [get, list, watch]\n',
      ),
    ],
  ],
});
