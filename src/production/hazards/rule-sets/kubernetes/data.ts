import { type Trait, traitRule } from "../../builders.ts";
import type { ChangedPart } from "../../reading/part.ts";
import { at, itemsOf, placesIn, type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { OF, podSpec } from "./samples.ts";

/** The volumes of a pod that outlive it, by their names; claims of a StatefulSet among them. */
function lastingVolumes(tree: Tree): ReadonlyMap<string, Tree> {
  const lasting =
    /^(?:persistentVolumeClaim|nfs|csi|awsElasticBlockStore|gcePersistentDisk|azureDisk|azureFile|iscsi|cephfs|rbd|ephemeral|hostPath|local|glusterfs|fc|flexVolume|portworxVolume|vsphereVolume)$/;
  const found = new Map<string, Tree>();
  for (const { key, value } of placesIn(tree)) {
    if (key !== "volumes" && key !== "volumeClaimTemplates") continue;
    for (const volume of itemsOf(value)) {
      const isClaim = key === "volumeClaimTemplates";
      const source =
        volume.kind === "map" ? volume.entries.find((entry) => lasting.test(entry.key)) : undefined;
      const name = textOf(at(volume, "name") ?? at(volume, "metadata", "name"));
      if (isClaim || source !== undefined) found.set(name, volume);
    }
  }
  return found;
}

/** A volume that keeps its name and is another one: what was written stays behind. */
function* otherClaims(
  { name, file }: Pick<ChangedPart, "name" | "file">,
  before: ReadonlyMap<string, Tree>,
  after: ReadonlyMap<string, Tree>,
) {
  for (const [volume, tree] of after) {
    const [was, is] = [before.get(volume), tree].map((each) =>
      textOf(at(each, "persistentVolumeClaim", "claimName")),
    );
    if (was === undefined || is === undefined || was === "" || is === "" || was === is) continue;
    const why = `puts the claim ${shown(is)} in the place of ${shown(was)} in ${shown(name)}: it starts without what was written there`;
    yield { what: shown(name), file, line: tree.line, side: "after" as const, why };
  }
}

function* volumesLost({ name, file, before, after }: ChangedPart) {
  if (before === undefined || after === undefined) return;
  const now = lastingVolumes(after);
  yield* otherClaims({ name, file }, lastingVolumes(before), now);
  for (const [volume, { line }] of lastingVolumes(before)) {
    if (now.has(volume) || now.size >= lastingVolumes(before).size) continue;
    const why = `takes the volume ${shown(volume)} from ${shown(name)}: what it writes there is lost with the pod`;
    yield { what: shown(name), file, line, side: "before" as const, why };
  }
}

export const VOLUME_LOST: Rule = {
  id: "kubernetes/volume-lost",
  kind: "destructive",
  asks: "block",
  when: "a workload loses a volume that outlives its pods, or gets an empty one in its place",
  parts: { of: OF, find: (part) => volumesLost(part) },
  reports: [
    [
      "takes the volume `data` from `Deployment web`: what it writes there is lost with the pod",
      changed(
        "web.yaml",
        podSpec("      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]\n"),
        podSpec("      volumes: [{name: data, emptyDir: {}}]\n"),
      ),
    ],
    [
      "puts the claim `other` in the place of `data` in `Deployment web`: it starts without what was written there",
      changed(
        "web.yaml",
        podSpec("      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]\n"),
        podSpec("      volumes: [{name: data, persistentVolumeClaim: {claimName: other}}]\n"),
      ),
    ],
  ],
  ignores: [
    [
      "the volume has another name",
      changed(
        "web.yaml",
        podSpec("      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]\n"),
        podSpec("      volumes: [{name: store, persistentVolumeClaim: {claimName: data}}]\n"),
      ),
    ],
  ],
};

const set = (policy: string) =>
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  replicas: 1\n${policy}`;

export const CLAIMS_DELETED: Rule = traitRule({
  id: "kubernetes/claims-deleted",
  kind: "destructive",
  asks: "block",
  when: "the claims of a StatefulSet are deleted with it, or when it is scaled down",
  of: OF,
  traits: (tree, { name }): readonly Trait[] =>
    ["whenDeleted", "whenScaled"].flatMap((key) => {
      const value = at(tree, "spec", "persistentVolumeClaimRetentionPolicy", key);
      if (value === undefined || textOf(value) !== "Delete") return [];
      const when = key === "whenDeleted" ? "when it is deleted" : "when it is scaled down";
      const why = `deletes the volumes of ${shown(name)} ${when} (${shown(key)})`;
      return [{ key, line: value.line, what: shown(name), why }];
    }),
  reports: [
    [
      "deletes the volumes of `StatefulSet db` when it is deleted (`whenDeleted`)",
      changed("db.yaml", set(""), set("  persistentVolumeClaimRetentionPolicy:\n    whenDeleted: Delete\n")),
    ],
  ],
  ignores: [
    [
      "they are kept",
      added("db.yaml", set("  persistentVolumeClaimRetentionPolicy:\n    whenDeleted: Retain\n")),
    ],
  ],
});

const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** `720h0m0s`, `30d` in seconds. */
function secondsOf(text: string): number {
  // Without a unit, it is as many of the same as before.
  if (/^\d{1,18}$/.test(text)) return Number(text);
  const parts = [...text.matchAll(/(?<!\d)(\d+)([smhdwy])/g)];
  return parts.length === 0
    ? Number.NaN
    : parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (UNITS[unit] ?? 0), 0);
}

const KEPT_FOR =
  /^(?:ttl|retention|retention[_.]?(?:policy|time|period|days|hours|ms|bytes|size)|keep_?(?:last|hourly|daily|weekly|monthly|yearly)|maxAge|max_?backups|backup_num_to_retain|repo\d+-retention-(?:full|diff|archive))$/i;
const HAS_UNIT = /[a-z]/i;

export const KEPT_SHORTER: Rule = {
  id: "kubernetes/kept-shorter",
  kind: "destructive",
  asks: "block",
  when: "backups, metrics or logs in the cluster are kept for a shorter time",
  parts: {
    of: ["kubernetes", "helm-values"],
    *find({ name, file, before, after }) {
      if (before === undefined || after === undefined) return;
      const was = new Map([...placesIn(before)].map(({ path, value }) => [path.join("."), value]));
      for (const { key, path, value, line } of placesIn(after)) {
        if (!KEPT_FOR.test(key)) continue;
        const old = textOf(was.get(path.join(".")));
        const [from, to] = [secondsOf(old), secondsOf(textOf(value))];
        if (Number.isNaN(from) || Number.isNaN(to) || to >= from) continue;
        if (HAS_UNIT.test(old) !== HAS_UNIT.test(textOf(value))) continue;
        const why = `sets ${shown(key)} of ${shown(name)} to ${shown(textOf(value))}: it was ${shown(old)}, and what is older is deleted`;
        yield { what: shown(name), file, line, side: "after", why };
      }
    },
  },
  reports: [
    [
      "sets `retention.ms` of `KafkaTopic orders` to `3600000`: it was `604800000`, and what is older is deleted",
      changed(
        "topic.yaml",
        "apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaTopic\nmetadata:\n  name: orders\nspec:\n  config:\n    retention.ms: 604800000\n",
        "apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaTopic\nmetadata:\n  name: orders\nspec:\n  config:\n    retention.ms: 3600000\n",
      ),
    ],
    [
      "sets `retention_period` of `values.yaml` to `72h`: it was `2160h`, and what is older is deleted",
      changed("values.yaml", "loki:\n  retention_period: 2160h\n", "loki:\n  retention_period: 72h\n"),
    ],
    [
      "sets `ttl` of `Schedule a` to `24h0m0s`: it was `720h0m0s`, and what is older is deleted",
      changed(
        "velero.yaml",
        "apiVersion: velero.io/v1\nkind: Schedule\nmetadata:\n  name: a\nspec:\n  template:\n    ttl: 720h0m0s\n",
        "apiVersion: velero.io/v1\nkind: Schedule\nmetadata:\n  name: a\nspec:\n  template:\n    ttl: 24h0m0s\n",
      ),
    ],
  ],
  ignores: [
    [
      "the same in another unit",
      changed("values.yaml", "a:\n  retention: 86400\n", "a:\n  retention: 24h\n"),
    ],
    ["longer", changed("values.yaml", "server:\n  retention: 15d\n", "server:\n  retention: 30d\n")],
  ],
};

const kustomization = (namespace: string) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: ${namespace}\nresources: [a.yaml]\n`;

export const NAMESPACE_CHANGED: Rule = {
  id: "kubernetes/kustomization-renames",
  kind: "destructive",
  asks: "block",
  when: "a kustomization gives what it holds another namespace or another beginning or end of its name",
  parts: {
    of: OF,
    *find({ type, name, file, before, after }) {
      if (type !== "Kustomization" || before === undefined || after === undefined) return;
      for (const key of ["namespace", "namePrefix", "nameSuffix"]) {
        const [was, is] = [at(before, key), at(after, key)];
        if (textOf(was) === textOf(is) || (was === undefined && key === "namespace")) continue;
        const why = `changes ${shown(key)} of ${shown(name)}: what it holds is created again under the other name, and what is there is deleted where the deployer prunes`;
        const side = is === undefined ? "before" : "after";
        yield {
          what: shown(name),
          file,
          line: (is ?? was ?? after).line,
          side,
          why,
          before: textOf(was),
          after: textOf(is),
        };
      }
    },
  },
  reports: [
    [
      "changes `namespace` of `Kustomization`: what it holds is created again under the other name, and what is there is deleted where the deployer prunes",
      changed("kustomization.yaml", kustomization("shop"), kustomization("shop2")),
    ],
  ],
  ignores: [
    [
      "another resource",
      changed("kustomization.yaml", kustomization("shop"), `${kustomization("shop")}labels: []\n`),
    ],
  ],
};
