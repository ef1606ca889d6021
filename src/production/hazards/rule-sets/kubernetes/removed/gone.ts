import { changedBy, keyOf } from "../../../reading/lookup.ts";
import type { ChangedPart } from "../../../reading/part.ts";
import type { Parts } from "../../../reading/parts.ts";
import { at, entriesOf, fingerprint, itemsOf, type Tree, textOf } from "../../../reading/tree.ts";
import { shown } from "../../../words.ts";
import { isServedStill } from "../routes.ts";
import { WORKLOADS } from "./losses.ts";

/** A patch changes an object that is declared elsewhere. */
const PATCH = /(?:^|\/)(?:patches|[^/]*patch[^/]*\.ya?ml)(?:\/|$)/i;

/** A release without a chart is one as well: it changes what a folder below declares. */
function isPatch({ type, file }: ChangedPart, tree: Tree, all: Parts): boolean {
  const isPart =
    type === "HelmRelease" && ["chart", "chartRef"].every((key) => at(tree, "spec", key) === undefined);
  return PATCH.test(file) || patchesOf(all).has(file) || (isPart && at(tree, "spec", "values") !== undefined);
}

const knownPatches = new WeakMap<Parts, ReadonlySet<string>>();

/** The files that kustomizations called patches before the change. */
function patchesOf(all: Parts): ReadonlySet<string> {
  const known = knownPatches.get(all);
  if (known !== undefined) return known;
  const files = all.changed.flatMap(({ type, file, before }) =>
    type === "Kustomization" ? patchesIn(before).map((path) => resolved(file, path)) : [],
  );
  const patches = new Set(files);
  knownPatches.set(all, patches);
  return patches;
}

function patchesIn(tree: Tree | undefined): readonly string[] {
  const named = itemsOf(at(tree, "patches")).map((item) => textOf(at(item, "path")));
  return [...named, ...itemsOf(at(tree, "patchesStrategicMerge")).map(textOf)].filter((path) => path !== "");
}

function resolved(file: string, path: string): string {
  const parts: string[] = file.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

const comeIn = changedBy(({ type, file, before }) => (before === undefined ? keyOf(file, type) : undefined));

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

/** Whether the cluster loses an object: it is declared nowhere else, and nothing was told to keep it. */
export function isLost(part: ChangedPart, all: Parts): boolean {
  const { before, after } = part;
  if (before === undefined || after !== undefined) return false;
  return !isElsewhere(part, all) && !isPatch(part, before, all) && !isKept(before);
}

export function* objectGone(part: ChangedPart, all: Parts, loss: string | undefined) {
  if (loss === undefined || part.before === undefined || !isLost(part, all)) return;
  if (isServedStill(part, all)) return;
  if (/Secret$/.test(part.type) && comeIn(all, keyOf(part.file, part.type)).length > 0) return;
  const why = `removes ${shown(part.name)}: ${loss}`;
  yield { what: shown(part.name), file: part.file, line: part.before.line, side: "before" as const, why };
}
