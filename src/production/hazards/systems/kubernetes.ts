import { settingRule, traitRule } from "../builders.ts";
import { isLive } from "../live.ts";
import type { ChangedPart } from "../reading/part.ts";
import type { Parts } from "../reading/parts.ts";
import {
  at,
  isFalse,
  isTrue,
  itemsOf,
  literalOf,
  placesIn,
  scalarsIn,
  type Tree,
  textOf,
} from "../reading/tree.ts";
import { added, changed, type LinePattern, type Rule, removed, type System } from "../rule.ts";
import { shown } from "../words.ts";

const OF = ["kubernetes"] as const;
const RUNNING = ["kubernetes", "helm-values", "compose"] as const;

const DATA: Readonly<Record<string, string>> = {
  Namespace: "the namespace and everything in it are deleted",
  CustomResourceDefinition: "every object of its kind is deleted with it",
  PersistentVolumeClaim: "the volume and its data are deleted where the claim's class reclaims them",
  PersistentVolume: "the volume is released, and its data may be deleted",
  StatefulSet: "what it runs stops, and its volumes are left without an owner",
  StorageClass: "volumes can no longer be made or grown by it",
};
const WORKLOADS: Readonly<Record<string, string>> = {
  Deployment: "what it runs stops",
  DaemonSet: "what it runs stops on every node",
  ReplicaSet: "what it runs stops",
  CronJob: "it runs no more",
  Service: "what reached its pods by this name no longer does",
  Ingress: "its hosts can no longer be reached",
  IngressRoute: "its hosts can no longer be reached",
  HTTPRoute: "its hosts can no longer be reached",
  Gateway: "what comes in by it can no longer be reached",
  VirtualService: "its hosts can no longer be reached",
  HelmRelease: "the release is uninstalled",
  HelmChart: "the release is uninstalled",
  Application: "what it deployed is deleted or no longer kept as written",
  ApplicationSet: "the applications it makes are deleted",
  Secret: "what reads it fails",
  SealedSecret: "the secret and what reads it go",
  ExternalSecret: "the secret and what reads it go",
  Certificate: "the certificate is no longer renewed",
  ClusterIssuer: "certificates are no longer issued by it",
  PodDisruptionBudget: "all its pods may be taken away at once",
  HorizontalPodAutoscaler: "it no longer scales with its load",
};
const ALERTS = new Set(["PrometheusRule", "ServiceMonitor", "PodMonitor", "Probe", "AlertmanagerConfig"]);
const BACKUPS =
  /^(?:Schedule|ScheduledBackup|BackupStorageLocation|VolumeSnapshot(?:Class|Content)?|ReplicationSource|RecurringJob|BackupConfiguration)$/;
const DATABASES =
  /^(?:Postgres(?:ql|Cluster)?|postgresql|Cluster|MySQLCluster|InnoDBCluster|MongoDB(?:Community)?|PerconaXtraDBCluster|Kafka|KafkaTopic|RedisCluster|RedisFailover|Elasticsearch|CassandraDatacenter|CephCluster|CephBlockPool)$/;

/** A patch changes an object that is declared elsewhere. */
const PATCH = /(?:^|\/)(?:patches|[^/]*patch[^/]*\.ya?ml)(?:\/|$)/i;

function takesPlace(other: ChangedPart, { type, file }: ChangedPart): boolean {
  return other.before === undefined && other.file === file && other.type === type;
}

/** A watch of another kind for the same thing. */
function isWatchedStill({ name }: ChangedPart, { changed: parts }: Parts): boolean {
  const thing = name.split(" ")[1];
  return parts.some(
    (other) => other.before === undefined && ALERTS.has(other.type) && other.name.split(" ")[1] === thing,
  );
}

function* objectGone(part: ChangedPart, all: Parts, loss: string | undefined) {
  if (loss === undefined || part.before === undefined || part.after !== undefined) return;
  // The same name under another namespace: the object is moved, and the new one is shown by its own rules.
  if (all.arrived.sameName(part) !== undefined || PATCH.test(part.file)) return;
  if (/Secret$/.test(part.type) && all.changed.some((other) => takesPlace(other, part))) return;
  const why = `removes ${shown(part.name)}: ${loss}`;
  yield { what: shown(part.name), file: part.file, line: part.before.line, side: "before" as const, why };
}

const pvc = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n  namespace: shop\n";
const deployment = (spec: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n${spec}`;
const podSpec = (lines: string) => deployment(`  template:\n    spec:\n${lines}`);

function removedKind(kinds: string): LinePattern {
  return {
    side: "before",
    pattern: new RegExp(`^\\s*kind:\\s*(${kinds})\\s*$`),
    what: ([, kind]) => shown(String(kind)),
    why: ([, kind = ""]) => `removes a ${shown(kind)}: ${DATA[kind] ?? WORKLOADS[kind] ?? "it is deleted"}`,
  };
}

const DATA_REMOVED: Rule = {
  id: "kubernetes/data-removed",
  kind: "destructive",
  when: "a volume, a claim, a namespace, a custom resource definition, a StatefulSet or a database goes",
  parts: {
    of: OF,
    find: (part, all) =>
      objectGone(
        part,
        all,
        DATA[part.type] ?? (DATABASES.test(part.type) ? "the database and its data are deleted" : undefined),
      ),
  },
  lines: [removedKind(Object.keys(DATA).join("|"))],
  speaks: [
    [
      "removes `PersistentVolumeClaim data`: the volume and its data are deleted where the claim's class reclaims them",
      removed("k8s/data.yaml", pvc),
    ],
    [
      "removes `Namespace shop`: the namespace and everything in it are deleted",
      changed(
        "k8s/all.yaml",
        `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\n${pvc}`,
        `${pvc}`,
      ),
    ],
    [
      "removes a `PersistentVolumeClaim`: the volume and its data are deleted where the claim's class reclaims them",
      changed(
        "chart/templates/data.yaml",
        "{{- if .Values.on }}\napiVersion: v1\nkind: PersistentVolumeClaim\n{{- end }}\n",
        "{{- if .Values.on }}\n{{- end }}\n",
      ),
    ],
  ],
  silent: [
    ["it moves to another file", removed("a.yaml", pvc), added("b.yaml", pvc)],
    ["a patch of it", removed("patches/data.yaml", pvc)],
    ["a test", removed("tests/data.yaml", pvc)],
  ],
};

const OBJECT_REMOVED: Rule = {
  id: "kubernetes/object-removed",
  kind: "destructive",
  when: "a workload, a route, a secret or a release goes",
  parts: { of: OF, find: (part, all) => objectGone(part, all, WORKLOADS[part.type]) },
  lines: [removedKind(Object.keys(WORKLOADS).join("|"))],
  speaks: [
    ["removes `Deployment web`: what it runs stops", removed("k8s/web.yaml", deployment("  replicas: 2\n"))],
    [
      "removes `HelmRelease shop`: the release is uninstalled",
      removed(
        "apps/shop.yaml",
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: shop\n",
      ),
    ],
  ],
  silent: [
    ["its image changes", changed("web.yaml", deployment("  image: a\n"), deployment("  image: b\n"))],
    [
      "it goes to another namespace",
      changed(
        "web.yaml",
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: a\n",
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: b\n",
      ),
    ],
  ],
};

const WATCH_REMOVED: Rule = {
  id: "kubernetes/watch-removed",
  kind: "destructive",
  when: "an alert rule, a monitor, a backup schedule or a snapshot goes",
  parts: {
    of: OF,
    find: (part, all) =>
      objectGone(
        part,
        all,
        ALERTS.has(part.type) && isWatchedStill(part, all)
          ? undefined
          : ALERTS.has(part.type)
            ? part.type === "PrometheusRule"
              ? "nobody is called any more when it would have rung"
              : "what it watched is no longer watched"
            : BACKUPS.test(part.type)
              ? "what it backed up cannot be brought back any more"
              : undefined,
      ),
  },
  speaks: [
    [
      "removes `PrometheusRule shop`: nobody is called any more when it would have rung",
      removed(
        "alerts.yaml",
        "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: shop\n",
      ),
    ],
  ],
  silent: [["a ConfigMap", removed("c.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n")]],
};

const POLICY_REMOVED: Rule = {
  id: "kubernetes/guard-removed",
  kind: "widening",
  when: "a network policy, an authorization policy or an admission rule goes",
  parts: {
    of: OF,
    find: (part, all) =>
      objectGone(
        part,
        all,
        /^(?:NetworkPolicy|CiliumNetworkPolicy|CiliumClusterwideNetworkPolicy|GlobalNetworkPolicy|AuthorizationPolicy|PeerAuthentication|ValidatingWebhookConfiguration|ValidatingAdmissionPolicy|ClusterPolicy|PodSecurityPolicy|ResourceQuota|LimitRange)$/.test(
          part.type,
        )
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
  speaks: [
    [
      "removes `NetworkPolicy deny-all`: what it forbade is allowed",
      removed(
        "np.yaml",
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: deny-all\n",
      ),
    ],
  ],
  silent: [
    [
      "a new one comes",
      added(
        "np.yaml",
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: deny-all\n",
      ),
    ],
  ],
};

const REPLICAS_ZERO: Rule = settingRule({
  id: "kubernetes/replicas-zero",
  kind: "destructive",
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
  speaks: [
    [
      "sets `replicas` of `Deployment web` to `0`: what it runs stops",
      changed("web.yaml", deployment("  replicas: 3\n"), deployment("  replicas: 0\n")),
    ],
  ],
  silent: [
    ["it never ran", added("web.yaml", deployment("  replicas: 0\n"))],
    ["fewer", changed("web.yaml", deployment("  replicas: 3\n"), deployment("  replicas: 1\n"))],
  ],
});

const PRUNE_ON: Rule = settingRule({
  id: "kubernetes/prune-on",
  kind: "destructive",
  when: "a deployer that left things alone begins to delete what is no longer written",
  of: OF,
  names: ["prune"],
  types: /^(?:Kustomization|Application|ApplicationSet|AppProject)$/,
  became: ({ before, after }, part) => isTrue(after) && part.before !== undefined && !isTrue(before),
  why: () => "what is no longer written is deleted from now on",
  speaks: [
    [
      "sets `prune` of `Kustomization apps` to `true`: what is no longer written is deleted from now on",
      changed(
        "apps.yaml",
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: apps\nspec:\n  prune: false\n",
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: apps\nspec:\n  prune: true\n",
      ),
    ],
  ],
  silent: [
    [
      "a new one that prunes its own",
      added(
        "apps.yaml",
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: apps\nspec:\n  prune: true\n",
      ),
    ],
  ],
});

const RECLAIM: Rule = settingRule({
  id: "kubernetes/reclaim-delete",
  kind: "destructive",
  when: "volumes that were kept are deleted with their claims",
  of: ["kubernetes", "helm-values"],
  names: ["persistentVolumeReclaimPolicy", "reclaimPolicy", "whenDeleted", "whenScaled", "deletionPolicy"],
  became: ({ before, after }) =>
    textOf(after) === "Delete" &&
    (textOf(before) === "Retain" || textOf(before) === "Orphan" || textOf(before) === "Snapshot"),
  why: () => "the data goes with what held it",
  speaks: [
    [
      "sets `reclaimPolicy` of `StorageClass fast` to `Delete`: the data goes with what held it",
      changed(
        "sc.yaml",
        "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: fast\nreclaimPolicy: Retain\n",
        "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: fast\nreclaimPolicy: Delete\n",
      ),
    ],
  ],
  silent: [
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

const KEEP_DROPPED: Rule = settingRule({
  id: "kubernetes/keep-dropped",
  kind: "destructive",
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
  speaks: [
    [
      "drops `helm.sh/resource-policy` from `PersistentVolumeClaim data`: nothing keeps it from being deleted any more",
      changed(
        "pvc.yaml",
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n  annotations:\n    helm.sh/resource-policy: keep\n",
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n",
      ),
    ],
  ],
  silent: [
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

/** `reloader` of `./reloader/ks.yaml`, whichever folder it stands in. */
function nameOfEntry(entry: string): string {
  const parts = entry.replace(/\/?(?:ks|kustomization)\.ya?ml$/, "").split("/");
  return parts.at(-1) ?? entry;
}

/** Whether a kustomization has an entry of that name which it had not. */
function takesUp({ type, before, after }: ChangedPart, entry: string): boolean {
  const names = (tree: Tree | undefined) =>
    itemsOf(at(tree, "resources")).map((item) => nameOfEntry(textOf(item)));
  const name = nameOfEntry(entry);
  return type === "Kustomization" && names(after).includes(name) && !names(before).includes(name);
}

const KUSTOMIZATION_ENTRY: Rule = {
  id: "kubernetes/kustomization-entry-removed",
  kind: "destructive",
  when: "a resource is taken out of a kustomization and its file stays",
  parts: {
    of: OF,
    *find({ type, before, after, file }, { changed: parts }) {
      if (type !== "Kustomization" || before === undefined || after === undefined) return;
      const now = new Set(itemsOf(at(after, "resources")).map(textOf));
      const replaced =
        now.size - itemsOf(at(before, "resources")).filter((item) => now.has(textOf(item))).length;
      if (replaced > 0) return;
      for (const item of itemsOf(at(before, "resources"))) {
        const entry = textOf(item);
        const folder = `${file.slice(0, file.lastIndexOf("/") + 1)}${entry.replace(/^\.\//, "")}`;
        if (
          now.has(entry) ||
          entry === "" ||
          parts.some((part) => takesUp(part, entry)) ||
          parts.some((part) => part.file.startsWith(folder) && part.after === undefined)
        )
          continue;
        const why = `takes ${shown(entry)} out of the kustomization: what it declares is deleted where the deployer prunes`;
        yield { what: shown(entry), file, line: item.line, side: "before", why };
      }
    },
  },
  speaks: [
    [
      "takes `shop.yaml` out of the kustomization: what it declares is deleted where the deployer prunes",
      changed(
        "k8s/kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - shop.yaml\n  - web.yaml\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - web.yaml\n",
      ),
    ],
  ],
  silent: [
    [
      "another kustomization takes it up",
      changed(
        "a/kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - ./shop/ks.yaml\n  - web\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - web\n",
      ),
      added(
        "b/kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - ./shop/ks.yaml\n",
      ),
    ],
    [
      "another entry takes its place",
      changed(
        "k8s/kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - shop.yaml\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - shop\n",
      ),
    ],
  ],
};

const PERSISTENCE_OFF: Rule = settingRule({
  id: "kubernetes/persistence-off",
  kind: "destructive",
  when: "a chart's volume is switched off",
  of: ["helm-values", "kubernetes"],
  names: ["enabled"],
  became: ({ path, before, after }) =>
    /persisten(?:ce|t\w*)\.enabled'*$/i.test(path) && isTrue(before) && isFalse(after),
  why: () => "its data is kept on a volume no more, and the volume may be deleted",
  speaks: [
    [
      "sets `enabled` of `values.yaml` to `false`: its data is kept on a volume no more, and the volume may be deleted",
      changed(
        "values.yaml",
        "redis:\n  persistence:\n    enabled: true\n",
        "redis:\n  persistence:\n    enabled: false\n",
      ),
    ],
  ],
  silent: [
    ["metrics go off", changed("values.yaml", "metrics:\n  enabled: true\n", "metrics:\n  enabled: false\n")],
  ],
});

const POWERS: Readonly<Record<string, string>> = {
  privileged: "the container may do what the machine may",
  hostNetwork: "it sees and uses the machine's own network",
  hostPID: "it sees and can signal every process of the machine",
  hostIPC: "it shares memory with the machine's processes",
  allowPrivilegeEscalation: "a process in it may become root",
};

const PRIVILEGED: Rule = settingRule({
  id: "kubernetes/privileged",
  kind: "widening",
  when: "a container gets the rights or the network of the machine",
  of: ["kubernetes", "helm-values"],
  names: Object.keys(POWERS),
  became: ({ after }) => isTrue(after),
  why: ({ name }) => POWERS[name] ?? "",
  lines: [
    {
      side: "after",
      pattern: /^\s*-?\s*(privileged|hostNetwork|hostPID|hostIPC|allowPrivilegeEscalation):\s*true\b/,
      what: ([, name]) => shown(String(name)),
      why: ([, name = ""]) => `sets ${shown(name)} to \`true\`: ${POWERS[name] ?? ""}`,
    },
  ],
  speaks: [
    [
      "sets `privileged` of `Deployment web` to `true`: the container may do what the machine may",
      changed(
        "web.yaml",
        podSpec("      containers: [{name: web}]\n"),
        podSpec(
          "      containers:\n        - name: web\n          securityContext:\n            privileged: true\n",
        ),
      ),
    ],
    [
      "sets `hostNetwork` of `Deployment web` to `true`: it sees and uses the machine's own network",
      added("web.yaml", podSpec("      hostNetwork: true\n")),
    ],
  ],
  silent: [
    [
      "it is switched off",
      changed("web.yaml", podSpec("      hostNetwork: true\n"), podSpec("      hostNetwork: false\n")),
    ],
    [
      "a comment",
      changed("web.yaml", podSpec("      a: 1\n"), podSpec("      a: 1\n      # hostNetwork: true\n")),
    ],
  ],
});

const HOST_PATH: Rule = traitRule({
  id: "kubernetes/host-path",
  kind: "widening",
  when: "a container mounts a folder of the machine",
  of: ["kubernetes"],
  traits: (tree, { name }) =>
    [...placesIn(tree)]
      .filter(({ key, value }) => key === "hostPath" && value.kind === "map")
      .map(({ value, line }) => {
        const path = textOf(at(value, "path"));
        return {
          key: path,
          line,
          what: shown(name),
          why: `lets ${shown(name)} into ${shown(path)} of the machine it runs on`,
        };
      }),
  lines: [
    {
      side: "after",
      pattern: /^\s*-?\s*hostPath:/,
      what: () => "`hostPath`",
      why: () => "lets a container into a folder of the machine it runs on",
    },
  ],
  speaks: [
    [
      "lets `Deployment web` into `/var/run/docker.sock` of the machine it runs on",
      added(
        "web.yaml",
        podSpec(
          "      volumes:\n        - name: sock\n          hostPath:\n            path: /var/run/docker.sock\n",
        ),
      ),
    ],
  ],
  silent: [
    [
      "a volume of its own",
      added("web.yaml", podSpec("      volumes:\n        - name: tmp\n          emptyDir: {}\n")),
    ],
  ],
});

const CAPABILITIES: Rule = traitRule({
  id: "kubernetes/capabilities",
  kind: "widening",
  when: "a container gets a capability that opens the machine",
  of: RUNNING,
  traits: (tree, { name }) =>
    [...placesIn(tree)]
      .filter(({ key, path }) => key === "cap_add" || (key === "add" && path.at(-2) === "capabilities"))
      .flatMap(({ value }) => [...scalarsIn(value)])
      .filter((scalar) =>
        /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|NET_ADMIN|DAC_READ_SEARCH|SYS_RAWIO)$/.test(
          textOf(scalar),
        ),
      )
      .map((scalar) => ({
        key: textOf(scalar),
        line: scalar.line,
        what: shown(name),
        why: `gives ${shown(name)} the capability ${shown(textOf(scalar))}, by which it can reach the machine`,
      })),
  speaks: [
    [
      "gives `Deployment web` the capability `SYS_ADMIN`, by which it can reach the machine",
      added(
        "web.yaml",
        podSpec(
          "      containers:\n        - securityContext:\n            capabilities:\n              add: [SYS_ADMIN]\n",
        ),
      ),
    ],
  ],
  silent: [
    [
      "capabilities are dropped",
      added(
        "web.yaml",
        podSpec(
          "      containers:\n        - securityContext:\n            capabilities:\n              drop: [ALL]\n",
        ),
      ),
    ],
  ],
});

const RUN_AS_ROOT: Rule = settingRule({
  id: "kubernetes/run-as-root",
  kind: "widening",
  when: "a container that ran as somebody else runs as root",
  of: ["kubernetes", "helm-values"],
  names: ["runAsUser", "runAsNonRoot"],
  became: ({ name, before, after }) =>
    name === "runAsUser" ? literalOf(after) === 0 : isTrue(before) && isFalse(after),
  why: () => "it may run as root",
  speaks: [
    [
      "sets `runAsNonRoot` of `Deployment web` to `false`: it may run as root",
      changed(
        "web.yaml",
        podSpec("      securityContext:\n        runAsNonRoot: true\n"),
        podSpec("      securityContext:\n        runAsNonRoot: false\n"),
      ),
    ],
  ],
  silent: [
    [
      "another user",
      changed(
        "web.yaml",
        podSpec("      securityContext:\n        runAsUser: 1000\n"),
        podSpec("      securityContext:\n        runAsUser: 2000\n"),
      ),
    ],
  ],
});

const CLUSTER_ADMIN: Rule = traitRule({
  id: "kubernetes/cluster-admin",
  kind: "widening",
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
  speaks: [
    [
      "lets `ci` do everything in the cluster (`cluster-admin`)",
      added(
        "rb.yaml",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: ci\nroleRef:\n  kind: ClusterRole\n  name: cluster-admin\nsubjects:\n  - kind: ServiceAccount\n    name: ci\n",
      ),
    ],
  ],
  silent: [
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

const RBAC_WILDCARD: Rule = traitRule({
  id: "kubernetes/rbac-wildcard",
  kind: "widening",
  when: "a role may do anything to some objects, or something to every object",
  of: OF,
  traits: (tree, { name, type }) =>
    /^(?:Cluster)?Role$/.test(type)
      ? itemsOf(at(tree, "rules")).flatMap((rule) => {
          const texts = (key: string) => [...scalarsIn(at(rule, key))].map(textOf);
          const [verbs, resources] = [texts("verbs"), texts("resources")];
          const isWild =
            verbs.includes("*") ||
            (resources.includes("*") && verbs.some((verb) => !READING_VERBS.has(verb)));
          if (!isWild) return [];
          const which = resources.includes("*") ? "every object" : shown(resources.join(", "));
          const what = verbs.includes("*") ? "anything" : shown(verbs.join(", "));
          return [
            {
              key: `${what} ${which}`,
              line: rule.line,
              what: shown(name),
              why: `lets ${shown(name)} do ${what} to ${which}`,
            },
          ];
        })
      : [],
  speaks: [
    [
      "lets `ClusterRole ci` do anything to every object",
      added(
        "role.yaml",
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ci\nrules:\n  - apiGroups: ["*"]\n    resources: ["*"]\n    verbs: ["*"]\n',
      ),
    ],
  ],
  silent: [
    [
      "it may only look",
      added(
        "role.yaml",
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ci\nrules:\n  - apiGroups: ["*"]\n    resources: ["*"]\n    verbs: [get, list, watch]\n',
      ),
    ],
  ],
});

const isValues = (path: string) => /\.(?:ya?ml|json|tpl)$/.test(path);

export const KUBERNETES: System = {
  name: "kubernetes",
  title: "Kubernetes, Helm, Kustomize",
  reads: ({ path }) => isValues(path) && isLive(path) && !path.includes(".github/"),
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
