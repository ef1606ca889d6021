import type { LinePattern } from "../../line-pattern.ts";
import { changedBy, keyOf } from "../../reading/lookup.ts";
import type { ChangedPart } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import { at, entriesOf, fingerprint, type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Example, type Rule, removed } from "../../rule.ts";
import { shown } from "../../words.ts";
import { isServedStill } from "./routes.ts";
import { deployment, OF, pvc } from "./samples.ts";

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

/** A release without a chart is one as well: it changes what a folder below declares. */
function isPatch({ type, file }: ChangedPart, tree: Tree): boolean {
  const isPart =
    type === "HelmRelease" && ["chart", "chartRef"].every((key) => at(tree, "spec", key) === undefined);
  return PATCH.test(file) || (isPart && at(tree, "spec", "values") !== undefined);
}

/** Whether the namespace of an object goes with it, which is told by itself. */
function losesNamespace({ scope }: ChangedPart, all: Parts): boolean {
  return byName(all, `Namespace ${scope}`).some(
    (other) =>
      other.before !== undefined &&
      other.after === undefined &&
      !isElsewhere(other, all) &&
      !isPatch(other, other.before) &&
      !isKept(other.before),
  );
}

const byName = changedBy(({ name }) => name);
const comeIn = changedBy(({ type, file, before }) => (before === undefined ? keyOf(file, type) : undefined));
const watches = changedBy(({ type, name, before }) =>
  before === undefined && ALERTS.has(type) ? (name.split(" ")[1] ?? "") : undefined,
);

/** A watch of another kind for the same thing. */
function isWatchedStill({ name }: ChangedPart, all: Parts): boolean {
  return watches(all, name.split(" ")[1] ?? "").length > 0;
}

/** What is lost with something that watches or backs up. */
function watchLoss(part: ChangedPart, all: Parts): string | undefined {
  const { type } = part;
  if (BACKUPS.test(type)) return "what it backed up cannot be brought back any more";
  if (!ALERTS.has(type) || isWatchedStill(part, all)) return undefined;
  return type === "PrometheusRule"
    ? "nobody is called any more when it would have rung"
    : "what it watched is no longer watched";
}

/**
 * The same name in another place: in the same folder, or as it was but for where it stands. Data and guards do not move
 * to another namespace, unless that is said elsewhere.
 */
function isElsewhere(part: ChangedPart, all: Parts): boolean {
  const other = all.addedParts.sameName(part);
  if (other === undefined) return false;
  const isSame = folderOf(part) === folderOf(other) || contentOf(part.before) === contentOf(other.after);
  const isSameSpace = part.scope === other.scope || [part.scope, other.scope].includes("");
  return isSame && (isSameSpace || Object.hasOwn(WORKLOADS, part.type));
}

/** Whether the deployer was told to leave the object in the cluster when it is no longer declared. */
function isKept(tree: Tree): boolean {
  const annotations = at(tree, "metadata", "annotations");
  return entriesOf(annotations).some(({ key, value }) => KEPT[key]?.test(textOf(value)) === true);
}

const KEPT: Readonly<Record<string, RegExp>> = {
  "kustomize.toolkit.fluxcd.io/prune": /^disabled$/,
  "argocd.argoproj.io/sync-options": /(?:^|,)\s*Prune=false\s*(?:,|$)/,
  "helm.sh/resource-policy": /^keep$/,
};

const folderOf = ({ file }: ChangedPart) => file.slice(0, file.lastIndexOf("/") + 1);

function contentOf(tree: Tree | undefined): string {
  const entries = entriesOf(tree).filter(({ key }) => key !== "metadata");
  return fingerprint({ kind: "map", line: 1, entries });
}

function* objectGone(part: ChangedPart, all: Parts, loss: string | undefined) {
  if (loss === undefined || part.before === undefined || part.after !== undefined) return;
  if (isElsewhere(part, all) || isPatch(part, part.before) || isKept(part.before)) return;
  if (isServedStill(part, all)) return;
  if (/Secret$/.test(part.type) && comeIn(all, keyOf(part.file, part.type)).length > 0) return;
  const why = `removes ${shown(part.name)}: ${loss}`;
  yield { what: shown(part.name), file: part.file, line: part.before.line, side: "before" as const, why };
}

function removedKind(kinds: string): LinePattern {
  return {
    side: "before",
    pattern: new RegExp(`^\\s*kind:\\s*(${kinds})\\s*$`),
    what: ([, kind]) => shown(String(kind)),
    why: ([, kind = ""]) => `removes a ${shown(kind)}: ${DATA[kind] ?? WORKLOADS[kind] ?? "it is deleted"}`,
  };
}

export const DATA_REMOVED: Rule = {
  id: "kubernetes/data-removed",
  kind: "destructive",
  asks: "block",
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
  reports: [
    [
      "removes `PersistentVolumeClaim data`: the volume and its data are deleted where the claim's class reclaims them",
      removed("k8s/data.yaml", pvc),
    ],
    [
      "removes `PersistentVolumeClaim data`: the volume and its data are deleted where the claim's class reclaims them",
      removed("k8s/data.yaml", pvc.replace("  name: data\n", "  name: data\n  namespace: shop\n")),
      added("k8s/test.yaml", pvc.replace("  name: data\n", "  name: data\n  namespace: sandbox\n")),
    ],
    [
      "removes `PersistentVolumeClaim data`: the volume and its data are deleted where the claim's class reclaims them",
      removed(
        "k8s/data.yaml",
        pvc.replace(
          "metadata:\n",
          "metadata:\n  annotations: {kustomize.toolkit.fluxcd.io/prune: enabled}\n",
        ),
      ),
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
  ignores: [
    ["it moves to another file", removed("a.yaml", pvc), added("b.yaml", pvc)],
    ["a patch of it", removed("patches/data.yaml", pvc)],
    [
      "it stays in the cluster when it is no longer declared",
      removed(
        "k8s/data.yaml",
        pvc.replace(
          "metadata:\n",
          "metadata:\n  annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}\n",
        ),
      ),
    ],
    ["a test", removed("tests/data.yaml", pvc)],
  ],
};

const route = (name: string, host: string, more = "") =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: ${name}\nspec:\n  hostnames: [${host}]\n  rules: [{backendRefs: [{name: web}]${more}}]\n`;

export const OBJECT_REMOVED: Rule = {
  id: "kubernetes/object-removed",
  kind: "destructive",
  asks: "block",
  when: "a workload, a route, a secret or a release goes",
  parts: { of: OF, find: (part, all) => objectGone(part, all, WORKLOADS[part.type]) },
  lines: [removedKind(Object.keys(WORKLOADS).join("|"))],
  reports: [
    ...[
      route("new", "other.example"),
      route("new", "shop.example").replace("web", "other"),
      route("new", "shop.example", ", matches: [{path: {value: /pay}}]"),
      route("new", "shop.example", ", matches: [{headers: [{name: a, value: b}]}]"),
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: new\ndata:\n  host: shop.example\n",
    ].map(
      (after): Example => [
        "removes `HTTPRoute old`: its hosts can no longer be reached",
        changed("a/r.yaml", route("old", "shop.example"), after),
      ],
    ),
    ...[
      ", filters: [{type: ExtensionRef, extensionRef: {name: login}}]",
      ", matches: [{path: {value: /pay}}]",
    ].map(
      (more): Example => [
        "removes `HTTPRoute old`: its hosts can no longer be reached",
        changed("a/r.yaml", route("old", "shop.example", more), route("new", "shop.example")),
      ],
    ),
    ["removes `Deployment web`: what it runs stops", removed("k8s/web.yaml", deployment("  replicas: 2\n"))],
    [
      "removes `HelmRelease shop`: the release is uninstalled",
      removed(
        "apps/shop.yaml",
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: shop\n",
      ),
    ],
  ],
  ignores: [
    [
      "another route serves its hosts",
      changed("a/r.yaml", route("old", "shop.example"), route("new", "shop.example")),
    ],
    ["its image changes", changed("web.yaml", deployment("  image: a\n"), deployment("  image: b\n"))],
    [
      "only what one stage changes of it goes",
      removed(
        "apps/shop/stage.yaml",
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: shop\nspec:\n  values:\n    host: shop.example\n",
      ),
    ],
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

export const WATCH_REMOVED: Rule = {
  id: "kubernetes/watch-removed",
  kind: "destructive",
  asks: "block",
  when: "an alert rule, a monitor, a backup schedule or a snapshot goes",
  parts: {
    of: OF,
    find: (part, all) => objectGone(part, all, watchLoss(part, all)),
  },
  reports: [
    [
      "removes `PrometheusRule shop`: nobody is called any more when it would have rung",
      removed(
        "alerts.yaml",
        "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: shop\n",
      ),
    ],
  ],
  ignores: [["a ConfigMap", removed("c.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n")]],
};

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
