import { type Trait, traitRule } from "../../builders.ts";
import { at, itemsOf, scalarsIn, type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { rulesAt } from "./rules-of-roles.ts";
import { OF } from "./samples.ts";

interface Lead {
  readonly resources: RegExp;
  readonly verbs: RegExp;
  readonly why: string;
}

const WRITES = /^(?:\*|create|update|patch)$/;
const CHANGES = /^(?:\*|create|update|patch|delete|deletecollection)$/;

/** Rights that lead to all others. */
const LEADS: readonly Lead[] = [
  { resources: /^(?:\*|.*roles)$/, verbs: /^(?:escalate|bind)$/, why: "it can give itself every right" },
  { resources: /^(?:\*|.*rolebindings)$/, verbs: WRITES, why: "it can bind itself to other roles" },
  {
    resources: /^(?:users|groups|serviceaccounts|userextras.*|uids|\*)$/,
    verbs: /^impersonate$/,
    why: "it can act as anybody",
  },
  {
    resources: /^secrets$/,
    verbs: /^(?:\*|get|list|watch)$/,
    why: "it can read the secrets, and the tokens among them",
  },
  {
    resources: /^pods\/(?:exec|attach|portforward)$/,
    verbs: /^(?:\*|create|get|update|patch)$/,
    why: "it can run commands in the pods of others",
  },
  {
    resources: /^pods\/ephemeralcontainers$/,
    verbs: CHANGES,
    why: "it can run commands in the pods of others",
  },
  {
    resources: /^nodes\/(?:proxy|\*)$|^services\/proxy$|^pods\/proxy$/,
    verbs: /./,
    why: "it can reach the kubelet, and by it every pod",
  },
  {
    resources: /^serviceaccounts\/token$/,
    verbs: /^(?:\*|create)$/,
    why: "it can make tokens of other accounts",
  },
  {
    resources:
      /^(?:(?:mutating|validating)webhookconfigurations|(?:validating|mutating)admissionpolic(?:y|ies)\w*)$/,
    verbs: CHANGES,
    why: "it can change or drop what is let into the cluster",
  },
  {
    resources: /^certificatesigningrequests(?:\/approval)?$/,
    verbs: /^(?:\*|approve|update|patch|create)$/,
    why: "it can sign certificates of anybody",
  },
  { resources: /^signers$/, verbs: /^(?:\*|approve|sign)$/, why: "it can sign certificates of anybody" },
  {
    resources:
      /^(?:pods|deployments|daemonsets|statefulsets|replicasets|jobs|cronjobs|replicationcontrollers)$/,
    verbs: /^(?:\*|create)$/,
    why: "it can run pods, as any service account of the namespace",
  },
  { resources: /^persistentvolumes$/, verbs: WRITES, why: "it can mount folders of the machines" },
  {
    resources: /^(?:endpoints|endpointslices)$/,
    verbs: WRITES,
    why: "it can turn the traffic of others to itself",
  },
];

const STRENGTH = ["*", "escalate", "create", "update", "patch", "delete", "get", "list", "watch"];

function byStrength(one: string, other: string): number {
  const place = (verb: string) => (STRENGTH.indexOf(verb) + STRENGTH.length + 1) % (STRENGTH.length + 1);
  return place(one) - place(other);
}

function leadsOf(rule: Tree): readonly { readonly right: string; readonly why: string }[] {
  const texts = (key: string) => [...scalarsIn(at(rule, key))].map(textOf);
  const [verbs, resources] = [texts("verbs"), texts("resources")];
  // One that may do anything to them is reported as such.
  if ((at(rule, "resourceNames") ?? at(rule, "resource_names")) !== undefined || verbs.includes("*"))
    return [];
  return LEADS.flatMap((lead) => {
    const resource = resources.find((each) => lead.resources.test(each));
    // The strongest, so that the same right has the same words wherever it stands.
    const verb = verbs.filter((each) => lead.verbs.test(each)).toSorted(byStrength)[0];
    return resource === undefined || verb === undefined
      ? []
      : [{ right: `${verb} ${resource}`, why: lead.why }];
  });
}

const role = (kind: string, rule: string) =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata:\n  name: ci\nrules:\n  - ${rule}\n`;

/** Of several rights that one rule of a role gains, the first is told. */
function oncePerLine(rule: Rule): Rule {
  const { parts } = rule;
  if (parts === undefined) return rule;
  return {
    ...rule,
    parts: {
      ...parts,
      *find(part, all) {
        const lines = new Set<number>();
        for (const finding of parts.find(part, all)) {
          if (!lines.has(finding.line)) yield finding;
          lines.add(finding.line);
        }
      },
    },
  };
}

export const RIGHTS_LEAD_ON: Rule = oncePerLine(
  traitRule({
    id: "kubernetes/rights-lead-on",
    kind: "widening",
    asks: "block",
    when: "a role gets a right that leads to all others: it can give itself rights, act as others, read secrets, run pods or commands",
    of: [...OF, "terraform", "helm-values"],
    traits: (tree, { name, type, notation }): readonly Trait[] =>
      rulesAt(tree, { type, notation }).flatMap((rule) =>
        leadsOf(rule).map(({ right, why }) => ({
          key: right,
          line: rule.line,
          what: shown(name),
          why: `lets ${shown(name)} ${shown(right)}: ${why}`,
        })),
      ),
    reports: [
      [
        "lets `Role ci` `create pods/exec`: it can run commands in the pods of others",
        changed(
          "r.yaml",
          role("Role", '{apiGroups: [""], resources: [secrets], verbs: [get, create]}'),
          role("Role", '{apiGroups: [""], resources: [secrets, pods/exec], verbs: [get, create]}'),
        ),
      ],
      [
        "lets `kubernetes_role.ci` `get secrets`: it can read the secrets, and the tokens among them",
        added(
          "rbac.tf",
          'resource "kubernetes_role" "ci" {\n  rule {\n    resources = ["secrets"]\n    verbs = ["get"]\n  }\n}\n',
        ),
      ],
      [
        "lets `ClusterRole ci` `escalate clusterroles`: it can give itself every right",
        added(
          "r.yaml",
          role(
            "ClusterRole",
            "{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [escalate, bind]}",
          ),
        ),
      ],
      [
        "lets `Role ci` `get secrets`: it can read the secrets, and the tokens among them",
        added("r.yaml", role("Role", '{apiGroups: [""], resources: [secrets], verbs: [get]}')),
      ],
      [
        "lets `Role ci` `create pods/exec`: it can run commands in the pods of others",
        added("r.yaml", role("Role", '{apiGroups: [""], resources: [pods/exec], verbs: [create]}')),
      ],
    ],
    ignores: [
      [
        "two rules say what one said",
        changed(
          "r.yaml",
          role("Role", '{apiGroups: [""], resources: [secrets, pods/exec], verbs: [get, create]}'),
          role(
            "Role",
            '{apiGroups: [""], resources: [secrets], verbs: [get, create]}\n  - {apiGroups: [""], resources: [pods/exec], verbs: [get, create]}',
          ),
        ),
      ],
      [
        "it may only look",
        added("r.yaml", role("Role", '{apiGroups: [""], resources: [pods], verbs: [get, list]}')),
      ],
      [
        "one secret by its name",
        added(
          "r.yaml",
          role("Role", '{apiGroups: [""], resources: [secrets], resourceNames: [a], verbs: [get]}'),
        ),
      ],
      [
        "it had the right before",
        changed(
          "r.yaml",
          role("Role", '{apiGroups: [""], resources: [secrets], verbs: [get]}'),
          role("Role", '{apiGroups: [""], resources: [secrets, configmaps], verbs: [get]}'),
        ),
      ],
    ],
  }),
);

const EVERYBODY = /^system:(?:anonymous|unauthenticated|authenticated|serviceaccounts)$/;

const binding = (subject: string) =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: a\nroleRef:\n  kind: ClusterRole\n  name: view\nsubjects:\n  - kind: Group\n    name: ${subject}\n`;

export const BOUND_TO_EVERYBODY: Rule = traitRule({
  id: "kubernetes/bound-to-everybody",
  kind: "widening",
  asks: "block",
  when: "a role is bound to everybody, whether signed in or not, or to every service account",
  of: OF,
  traits: (tree, { name }): readonly Trait[] => {
    const roleName = textOf(at(tree, "roleRef", "name"));
    if (roleName === "" || /^system:(?:public-info-viewer|discovery|basic-user)$/.test(roleName)) return [];
    return itemsOf(at(tree, "subjects")).flatMap((subject) => {
      const who = textOf(at(subject, "name"));
      if (!EVERYBODY.test(who)) return [];
      const why = `binds ${shown(roleName)} to ${shown(who)}, which is everybody of that kind`;
      return [{ key: who, line: subject.line, what: shown(name), why }];
    });
  },
  reports: [
    [
      "binds `view` to `system:unauthenticated`, which is everybody of that kind",
      added("b.yaml", binding("system:unauthenticated")),
    ],
  ],
  ignores: [["one group", added("b.yaml", binding("acme:sre"))]],
});
