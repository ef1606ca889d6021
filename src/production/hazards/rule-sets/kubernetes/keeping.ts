import { settingRule } from "../../builders.ts";
import { isFalse, isTrue, literalOf, type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { deployment, OF } from "./samples.ts";

export const REPLICAS_ZERO: Rule = settingRule({
  id: "kubernetes/replicas-zero",
  kind: "destructive",
  asks: "block",
  when: "a workload that ran is scaled to nothing",
  of: ["kubernetes", "helm-values"],
  names: ["replicas", "replicaCount", "minReplicas"],
  became: ({ before, after }) => literalOf(after) === 0 && Number(textOf(before)) > 0,
  why: () => "what it runs stops",
  lines: [
    {
      side: "after",
      pattern: /^\s*(?:replicas|replicaCount):\s*0\s*$/,
      why: () => "scales to nothing: what it runs stops",
    },
  ],
  reports: [
    [
      "sets `replicas` of `Deployment web` to `0`: what it runs stops",
      changed("web.yaml", deployment("  replicas: 3\n"), deployment("  replicas: 0\n")),
    ],
  ],
  ignores: [
    ["it never ran", added("web.yaml", deployment("  replicas: 0\n"))],
    ["fewer", changed("web.yaml", deployment("  replicas: 3\n"), deployment("  replicas: 1\n"))],
  ],
});

export const PRUNE_ON: Rule = settingRule({
  id: "kubernetes/prune-on",
  kind: "destructive",
  asks: "block",
  when: "a deployer that left things alone begins to delete what is no longer written",
  of: OF,
  names: ["prune"],
  types: /^(?:Kustomization|Application|ApplicationSet|AppProject)$/,
  became: ({ before, after }, part) => isTrue(after) && part.before !== undefined && !isTrue(before),
  why: () => "what is no longer written is deleted from now on",
  reports: [
    [
      "sets `prune` of `Kustomization apps` to `true`: what is no longer written is deleted from now on",
      changed(
        "apps.yaml",
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: apps\nspec:\n  prune: false\n",
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: apps\nspec:\n  prune: true\n",
      ),
    ],
  ],
  ignores: [
    [
      "a new one that prunes its own",
      added(
        "apps.yaml",
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: apps\nspec:\n  prune: true\n",
      ),
    ],
  ],
});

export const RECLAIM: Rule = settingRule({
  id: "kubernetes/reclaim-delete",
  kind: "destructive",
  asks: "block",
  when: "volumes that were kept are deleted with their claims",
  of: ["kubernetes", "helm-values"],
  names: ["persistentVolumeReclaimPolicy", "reclaimPolicy", "whenDeleted", "whenScaled", "deletionPolicy"],
  became: ({ before, after }) =>
    textOf(after) === "Delete" &&
    (textOf(before) === "Retain" || textOf(before) === "Orphan" || textOf(before) === "Snapshot"),
  why: () => "the data goes with what held it",
  reports: [
    [
      "sets `reclaimPolicy` of `StorageClass fast` to `Delete`: the data goes with what held it",
      changed(
        "sc.yaml",
        "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: fast\nreclaimPolicy: Retain\n",
        "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: fast\nreclaimPolicy: Delete\n",
      ),
    ],
  ],
  ignores: [
    [
      "a new class",
      added(
        "sc.yaml",
        "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: fast\nreclaimPolicy: Delete\n",
      ),
    ],
  ],
});

const KEEPERS: readonly (readonly [string, RegExp])[] = [
  ["helm.sh/resource-policy", /^keep$/],
  ["kustomize.toolkit.fluxcd.io/prune", /^disabled$/i],
  ["kustomize.toolkit.fluxcd.io/reconcile", /^$/],
  ["argocd.argoproj.io/sync-options", /(?:Prune|Delete)=(?:false|confirm)/],
];

export const KEEP_DROPPED: Rule = settingRule({
  id: "kubernetes/keep-dropped",
  kind: "destructive",
  asks: "block",
  when: "an annotation goes that kept an object from being deleted",
  of: OF,
  names: KEEPERS.map(([name]) => name),
  became: ({ name, before, after }) => {
    const keeps = (tree: Tree | undefined) =>
      KEEPERS.some(([key, value]) => key === name && value.test(textOf(tree)) && tree !== undefined);
    return keeps(before) && !keeps(after);
  },
  why: () => "nothing keeps it from being deleted any more",
  lines: [
    {
      side: "before",
      pattern: /helm\.sh\/resource-policy"?:\s*"?keep/,
      what: () => "`helm.sh/resource-policy`",
      why: () =>
        "drops `helm.sh/resource-policy: keep`: nothing keeps the object from being deleted any more",
    },
  ],
  reports: [
    [
      "drops `helm.sh/resource-policy` from `PersistentVolumeClaim data`: nothing keeps it from being deleted any more",
      changed(
        "pvc.yaml",
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n  annotations:\n    helm.sh/resource-policy: keep\n",
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n",
      ),
    ],
  ],
  ignores: [
    [
      "another annotation goes",
      changed(
        "pvc.yaml",
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n  annotations:\n    team: shop\n",
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n",
      ),
    ],
  ],
});

export const PERSISTENCE_OFF: Rule = settingRule({
  id: "kubernetes/persistence-off",
  kind: "destructive",
  asks: "block",
  when: "a chart's volume is switched off",
  of: ["helm-values", "kubernetes"],
  names: ["enabled"],
  became: ({ path, before, after }) =>
    /persisten(?:ce|t\w*)\.enabled'*$/i.test(path) && isTrue(before) && isFalse(after),
  why: () => "its data is kept on a volume no more, and the volume may be deleted",
  reports: [
    [
      "sets `enabled` of `values.yaml` to `false`: its data is kept on a volume no more, and the volume may be deleted",
      changed(
        "values.yaml",
        "redis:\n  persistence:\n    enabled: true\n",
        "redis:\n  persistence:\n    enabled: false\n",
      ),
    ],
  ],
  ignores: [
    ["metrics go off", changed("values.yaml", "metrics:\n  enabled: true\n", "metrics:\n  enabled: false\n")],
  ],
});
