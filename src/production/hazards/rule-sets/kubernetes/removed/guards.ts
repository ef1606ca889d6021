import { changedBy } from "../../../reading/lookup.ts";
import type { ChangedPart } from "../../../reading/part.ts";
import type { Parts } from "../../../reading/parts.ts";
import { added, type Rule, removed } from "../../../rule.ts";
import { shown } from "../../../words.ts";
import { OF } from "../samples.ts";
import { isLost, objectGone } from "./gone.ts";

/** Whether the namespace of an object goes with it, which is told by itself. */
function losesNamespace({ scope }: ChangedPart, all: Parts): boolean {
  return byName(all, `Namespace ${scope}`).some((other) => isLost(other, all));
}

const byName = changedBy(({ name }) => name);

export const POLICY_REMOVED: Rule = {
  id: "kubernetes/guard-removed",
  kind: "widening",
  asks: "block",
  when: "a network policy, an authorization policy or an admission rule goes",
  parts: {
    of: OF,
    find: (part, all) =>
      objectGone(
        part,
        all,
        /^(?:NetworkPolicy|CiliumNetworkPolicy|CiliumClusterwideNetworkPolicy|GlobalNetworkPolicy|AuthorizationPolicy|PeerAuthentication|ValidatingWebhookConfiguration|ValidatingAdmissionPolicy|ClusterPolicy|PodSecurityPolicy|ResourceQuota|LimitRange)$/.test(
          part.type,
        ) && !losesNamespace(part, all)
          ? "what it forbade is allowed"
          : undefined,
      ),
  },
  lines: [
    {
      side: "before",
      pattern: /^\s*kind:\s*(NetworkPolicy|AuthorizationPolicy|PeerAuthentication)\s*$/,
      what: ([, kind]) => shown(String(kind)),
      why: ([, kind]) => `removes a ${shown(String(kind))}: what it forbade is allowed`,
    },
  ],
  reports: [
    [
      "removes `NetworkPolicy deny-all`: what it forbade is allowed",
      removed(
        "np.yaml",
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: deny-all\n",
      ),
    ],
    [
      "removes `NetworkPolicy deny-all`: what it forbade is allowed",
      removed(
        "all.yaml",
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  annotations: {helm.sh/resource-policy: keep}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: deny-all\n  namespace: shop\n",
      ),
    ],
    [
      "removes `NetworkPolicy deny-all`: what it forbade is allowed",
      removed(
        "all.yaml",
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: deny-all\n  namespace: stock\n",
      ),
    ],
  ],
  ignores: [
    [
      "its namespace goes with it",
      removed(
        "all.yaml",
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: deny-all\n  namespace: shop\n",
      ),
    ],
    [
      "a new one comes",
      added(
        "np.yaml",
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: deny-all\n",
      ),
    ],
  ],
};
