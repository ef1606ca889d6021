import { added, changed, type Rule, removed } from "../../../rule.ts";
import { OF, pvc } from "../samples.ts";
import { objectGone } from "./gone.ts";
import { DATA, removedKind } from "./losses.ts";

const DATABASES =
  /^(?:Postgres(?:ql|Cluster)?|postgresql|Cluster|MySQLCluster|InnoDBCluster|MongoDB(?:Community)?|PerconaXtraDBCluster|Kafka|KafkaTopic|RedisCluster|RedisFailover|Elasticsearch|CassandraDatacenter|CephCluster|CephBlockPool)$/;

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
