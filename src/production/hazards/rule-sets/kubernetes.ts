import type { RuleSet } from "../rule.ts";
import { CAPABILITIES, HOST_PATH, PRIVILEGED, RUN_AS_ROOT } from "./kubernetes/containers.ts";
import { KEEP_DROPPED, PERSISTENCE_OFF, PRUNE_ON, RECLAIM, REPLICAS_ZERO } from "./kubernetes/keeping.ts";
import { KUSTOMIZATION_ENTRY } from "./kubernetes/kustomization.ts";
import { DATA_REMOVED, OBJECT_REMOVED, POLICY_REMOVED, WATCH_REMOVED } from "./kubernetes/objects.ts";
import { CLUSTER_ADMIN, RBAC_WILDCARD } from "./kubernetes/roles.ts";

const isValues = (path: string) => /\.(?:ya?ml|json|tpl)$/.test(path);

export const KUBERNETES: RuleSet = {
  name: "kubernetes",
  title: "Kubernetes, Helm, Kustomize",
  reads: ({ path, isLive }) => isValues(path) && isLive && !path.includes(".github/"),
  rules: [
    DATA_REMOVED,
    OBJECT_REMOVED,
    WATCH_REMOVED,
    POLICY_REMOVED,
    REPLICAS_ZERO,
    PRUNE_ON,
    RECLAIM,
    KEEP_DROPPED,
    KUSTOMIZATION_ENTRY,
    PERSISTENCE_OFF,
    PRIVILEGED,
    HOST_PATH,
    CAPABILITIES,
    RUN_AS_ROOT,
    CLUSTER_ADMIN,
    RBAC_WILDCARD,
  ],
};
