import { type Trait, traitRule } from "../../builders.ts";
import type { Finding } from "../../hazard.ts";
import type { ChangedPart } from "../../reading/part.ts";
import { at, entriesOf, itemsOf, placesIn, type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { OF } from "./samples.ts";

const LEVELS = ["privileged", "baseline", "restricted"];

/** Of a balancer that is internal where nothing is said. */
const SCHEME =
  /^(?:alb\.ingress\.kubernetes\.io\/scheme|service\.beta\.kubernetes\.io\/aws-load-balancer-scheme)$/;

/** Labels and annotations that keep something out, and what is let in without them. */
const KEEPERS: readonly (readonly [RegExp, string])[] = [
  [/^pod-security\.kubernetes\.io\/enforce$/, "pods may do what they were not allowed to"],
  [
    /^(?:nginx\.ingress\.kubernetes\.io|haproxy\.org|ingress\.kubernetes\.io)\/(?:whitelist|allowlist|allow-list|denylist)(?:-source-range)?$/,
    "every address is let in",
  ],
  [
    /^nginx\.ingress\.kubernetes\.io\/(?:auth-(?:url|type|secret|tls-secret|tls-verify-client)|enable-modsecurity|enable-owasp-core-rules)$/,
    "whoever comes is let in",
  ],
  [/^nginx\.ingress\.kubernetes\.io\/(?:force-)?ssl-redirect$/, "what is sent can be read on the way"],
  [
    /^traefik\.ingress\.kubernetes\.io\/router\.(?:middlewares|tls)$/,
    "what its middlewares kept out gets in",
  ],
  [
    /^alb\.ingress\.kubernetes\.io\/(?:inbound-cidrs|wafv2-acl-arn|waf-acl-id|auth-type|security-groups)$/,
    "what it kept out gets in",
  ],
  [
    /^service\.beta\.kubernetes\.io\/(?:load-balancer-source-ranges|aws-load-balancer-internal|azure-load-balancer-internal)$/,
    "every address is let in",
  ],
  [
    /^(?:(?:cloud|networking)\.google\.com|networking\.gke\.io)\/(?:load-balancer-type|gke-load-balancer-type)$/,
    "it gets an address that the internet can reach",
  ],
  [SCHEME, "it gets an address that the internet can reach"],
  [
    /^linkerd\.io\/inject$|^istio-injection$|^sidecar\.istio\.io\/inject$/,
    "its traffic passes by the mesh and its rules",
  ],
  [/^config\.linkerd\.io\/default-inbound-policy$/, "connections without a certificate are taken"],
  [/^container\.apparmor\.security\.beta\.kubernetes\.io\/.*$/, "its profile holds no longer"],
];

/** The labels and annotations of an object, of the pods that it makes, and of those among the values of a chart. */
function blocksIn(tree: Tree | undefined): ReadonlyMap<string, Tree> {
  const found = new Map<string, Tree>();
  for (const { key, path, value } of tree === undefined ? [] : placesIn(tree))
    if (/(?:labels|annotations)$/i.test(key) && value.kind === "map") found.set(path.join("."), value);
  return found;
}

function* looser({ name, notation, file, before, after }: ChangedPart): Generator<Finding> {
  const blocks = blocksIn(after);
  for (const [path, block] of blocksIn(before)) {
    const now = blocks.get(path);
    // With the values of a thing, the thing may go.
    if (now === undefined && notation === "helm-values") continue;
    for (const { key, value, line } of entriesOf(block)) {
      const keeper = KEEPERS.find(([pattern]) => pattern.test(key));
      const is = at(now, key);
      if (keeper === undefined || !isLooser(key, textOf(value), is)) continue;
      const say = is === undefined ? `drops ${shown(key)} from` : `sets ${shown(key)} of`;
      const to = is === undefined ? "" : ` to ${shown(textOf(is))}`;
      const side = is === undefined ? "before" : "after";
      const why = `${say} ${shown(name)}${to}: ${keeper[1]}`;
      yield { what: shown(name), file, line: is?.line ?? line, side, why };
    }
  }
}

function isLooser(key: string, was: string, is: Tree | undefined): boolean {
  const text = textOf(is);
  if (key.startsWith("pod-security"))
    return LEVELS.indexOf(is === undefined ? "privileged" : text) < LEVELS.indexOf(was);
  if (SCHEME.test(key)) return was === "internal" && text === "internet-facing";
  if (/^(?:false|disabled|off)$/i.test(was)) return false;
  return is === undefined || /^(?:false|disabled|none|off|0\.0\.0\.0\/0|unconfined)$/i.test(text);
}

const ingress = (annotations: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: admin\n${annotations}spec: {}\n`;
const scheme = (value: string) => `  annotations:\n    alb.ingress.kubernetes.io/scheme: ${value}\n`;
const namespace = (level: string) =>
  `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    pod-security.kubernetes.io/enforce: ${level}\n`;

export const LABEL_WEAKENED: Rule = {
  id: "kubernetes/label-weakened",
  kind: "widening",
  asks: "block",
  when: "a label or an annotation that kept something out goes or asks for less: pod security, addresses and sign-in of an ingress, an internal balancer",
  parts: {
    of: [...OF, "helm-values"],
    *find(part) {
      if (part.before !== undefined && part.after !== undefined) yield* looser(part);
    },
  },
  reports: [
    [
      "sets `alb.ingress.kubernetes.io/scheme` of `Ingress admin` to `internet-facing`: it gets an address that the internet can reach",
      changed("ing.yaml", ingress(scheme("internal")), ingress(scheme("internet-facing"))),
    ],
    [
      "drops `nginx.ingress.kubernetes.io/auth-url` from `values.yaml`: whoever comes is let in",
      changed(
        "values.yaml",
        "ingress:\n  annotations:\n    nginx.ingress.kubernetes.io/auth-url: a\n    b: c\n",
        "ingress:\n  annotations:\n    b: c\n",
      ),
    ],
    [
      "sets `pod-security.kubernetes.io/enforce` of `Namespace shop` to `privileged`: pods may do what they were not allowed to",
      changed("ns.yaml", namespace("restricted"), namespace("privileged")),
    ],
    [
      "drops `nginx.ingress.kubernetes.io/whitelist-source-range` from `Ingress admin`: every address is let in",
      changed(
        "i.yaml",
        ingress("  annotations:\n    nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8\n"),
        ingress(""),
      ),
    ],
  ],
  ignores: [["it asks for more", changed("ns.yaml", namespace("baseline"), namespace("restricted"))]],
};

/** Rules that name nobody let everybody in. */
function openRules(tree: Tree): readonly Tree[] {
  return itemsOf(at(tree, "spec", "ingress")).filter((rule) => {
    const from =
      at(rule, "from") ?? at(rule, "fromEndpoints") ?? at(rule, "fromCIDR") ?? at(rule, "fromEntities");
    if (at(rule, "fromEntities") !== undefined)
      return itemsOf(at(rule, "fromEntities")).some((entity) => /^(?:all|world)$/.test(textOf(entity)));
    if (from === undefined) return rule.kind === "map";
    return itemsOf(from).some(isAnyPeer);
  });
}

function isAnyPeer(peer: Tree): boolean {
  const selectors = [at(peer, "namespaceSelector"), at(peer, "podSelector")].filter(
    (each) => each !== undefined,
  );
  if (peer.kind === "map" && peer.entries.length === 0) return true;
  const isEverything = selectors.every((each) => each.kind === "map" && each.entries.length === 0);
  return at(peer, "namespaceSelector") !== undefined && isEverything;
}

const policy = (rule: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: a\nspec:\n  podSelector: {}\n  ingress:\n    - ${rule}\n`;

export const NETWORK_POLICY_OPEN: Rule = traitRule({
  id: "kubernetes/network-policy-open",
  kind: "widening",
  asks: "block",
  when: "a network policy lets every pod, or every address, in",
  of: OF,
  traits: (tree, { type, name }): readonly Trait[] =>
    /NetworkPolicy$/.test(type)
      ? openRules(tree).map((rule) => ({
          key: "open",
          line: rule.line,
          what: shown(name),
          why: `lets everybody in by ${shown(name)}: the rule names nobody`,
        }))
      : [],
  reports: [
    [
      "lets everybody in by `NetworkPolicy a`: the rule names nobody",
      changed("np.yaml", policy("from: [{podSelector: {matchLabels: {app: web}}}]"), policy("{}")),
    ],
  ],
  ignores: [["one app", added("np.yaml", policy("from: [{podSelector: {matchLabels: {app: web}}}]"))]],
});

/** Names of hosts by which all traffic is taken. */
export const EXPOSED: Rule = traitRule({
  id: "kubernetes/created-exposed",
  kind: "widening",
  asks: "show",
  when: "a service opens a port of every node, takes an address of its own outside, or a route takes every host",
  of: OF,
  traits: (tree, { type, name }): readonly Trait[] => {
    const spec = at(tree, "spec");
    const trait = (place: Tree, why: string) => [{ key: why, line: place.line, what: shown(name), why }];
    const kind = at(spec, "type");
    if (type === "Service" && kind !== undefined && /^(?:NodePort|LoadBalancer)$/.test(textOf(kind)))
      return trait(kind, `opens ${shown(name)} to the outside (${shown(textOf(kind))})`);
    const external = at(spec, "externalIPs");
    if (type === "Service" && external !== undefined && itemsOf(external).length > 0)
      return trait(external, `lets ${shown(name)} take the traffic of addresses outside (\`externalIPs\`)`);
    const hosts = [
      ...itemsOf(at(spec, "rules")).map((rule) => at(rule, "host")),
      ...itemsOf(at(spec, "hosts")),
    ];
    const any = hosts.find((host) => host !== undefined && /^\*/.test(textOf(host)));
    if (!/^(?:Ingress|VirtualService)$/.test(type)) return [];
    if (any !== undefined) return trait(any, `lets ${shown(name)} take every host (${shown(textOf(any))})`);
    return [];
  },
  reports: [
    [
      "opens `Service a` to the outside (`NodePort`)",
      added("s.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  type: NodePort\n"),
    ],
  ],
  ignores: [
    [
      "inside the cluster",
      added("s.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  type: ClusterIP\n"),
    ],
  ],
});
