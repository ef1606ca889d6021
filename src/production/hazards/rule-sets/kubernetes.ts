import type { RuleSet } from "../rule.ts";
import { CAPABILITIES, HOST_PATH, PRIVILEGED, RUN_AS_ROOT } from "./kubernetes/containers.ts";
import { CLAIMS_DELETED, KEPT_SHORTER, NAMESPACE_CHANGED, VOLUME_LOST } from "./kubernetes/data.ts";
import { EXPOSED, LABEL_WEAKENED, NETWORK_POLICY_OPEN } from "./kubernetes/guards.ts";
import { KEEP_DROPPED, PERSISTENCE_OFF, PRUNE_ON, RECLAIM, REPLICAS_ZERO } from "./kubernetes/keeping.ts";
import { KUSTOMIZATION_ENTRY } from "./kubernetes/kustomization.ts";
import { MASTERS_MAPPED } from "./kubernetes/masters.ts";
import { POD_DEFAULTS, POD_REACHES } from "./kubernetes/pods.ts";
import { DATA_REMOVED } from "./kubernetes/removed/data.ts";
import { POLICY_REMOVED } from "./kubernetes/removed/guards.ts";
import { WATCH_REMOVED } from "./kubernetes/removed/watches.ts";
import { OBJECT_REMOVED } from "./kubernetes/removed/workloads.ts";
import { BOUND_TO_EVERYBODY, RIGHTS_LEAD_ON } from "./kubernetes/rights.ts";
import { CLUSTER_ADMIN, RBAC_WILDCARD } from "./kubernetes/roles.ts";

const isValues = (path: string) => /\.(?:ya?ml|json|tpl)$/.test(path);

export const KUBERNETES: RuleSet = {
  name: "kubernetes",
  title: "Kubernetes, Helm, Kustomize",
  reads: ({ path, isLive }) =>
    (isValues(path) || /\.(?:tf|tofu)$/.test(path)) && isLive && !path.includes(".github/"),
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
    MASTERS_MAPPED,
    RBAC_WILDCARD,
    RIGHTS_LEAD_ON,
    BOUND_TO_EVERYBODY,
    LABEL_WEAKENED,
    NETWORK_POLICY_OPEN,
    EXPOSED,
    POD_REACHES,
    POD_DEFAULTS,
    VOLUME_LOST,
    CLAIMS_DELETED,
    KEPT_SHORTER,
    NAMESPACE_CHANGED,
  ],
};
