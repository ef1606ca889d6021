import type { ChangedPart } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import { at, itemsOf, type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { OF } from "./samples.ts";

/** `reloader` of `./reloader/ks.yaml` and of `reloader.yaml`, whichever folder it stands in. */
function nameOfEntry(entry: string): string {
  const parts = entry.replace(/\/?(?:ks|kustomization)\.ya?ml$/, "").split("/");
  return (parts.at(-1) ?? entry).replace(/\.ya?ml$/, "");
}

interface Moves {
  /** Names of entries that a kustomization has and had not. */
  readonly takenUp: ReadonlySet<string>;
  /** Files from which something goes, in their order. */
  readonly goneFrom: readonly string[];
}

const known = new WeakMap<Parts, Moves>();

function movesOf(all: Parts): Moves {
  const moves = known.get(all) ?? {
    takenUp: new Set(all.changed.flatMap((part) => (part.type === "Kustomization" ? takenUpBy(part) : []))),
    goneFrom: [
      ...new Set(all.changed.flatMap(({ file, after }) => (after === undefined ? [file] : []))),
    ].toSorted((one, other) => (one < other ? -1 : 1)),
  };
  known.set(all, moves);
  return moves;
}

function takenUpBy({ before, after }: ChangedPart): readonly string[] {
  const names = (tree: Tree | undefined) =>
    itemsOf(at(tree, "resources")).map((item) => nameOfEntry(textOf(item)));
  const had = new Set(names(before));
  return names(after).filter((name) => !had.has(name));
}

/** Whether one of the texts, in their order, begins so. */
function anyBegins(texts: readonly string[], start: string): boolean {
  let [from, to] = [0, texts.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((texts[middle] ?? "") < start) from = middle + 1;
    else to = middle;
  }
  return texts[from]?.startsWith(start) === true;
}

/** How many entries come, components among them, which declare resources as well. */
function comeTo(after: Tree, before: Tree): number {
  const entries = (tree: Tree) =>
    ["resources", "components"].flatMap((key) => itemsOf(at(tree, key)).map(textOf));
  const had = new Set(entries(before));
  return entries(after).filter((entry) => !had.has(entry)).length;
}

export const KUSTOMIZATION_ENTRY: Rule = {
  id: "kubernetes/kustomization-entry-removed",
  kind: "destructive",
  asks: "block",
  when: "a resource is taken out of a kustomization and its file stays",
  parts: {
    of: OF,
    *find({ type, before, after, file }, all) {
      if (type !== "Kustomization" || before === undefined || after === undefined) return;
      const { takenUp, goneFrom } = movesOf(all);
      const now = new Set(itemsOf(at(after, "resources")).map(textOf));
      const lost = itemsOf(at(before, "resources")).filter((item) => {
        const entry = textOf(item);
        const folder = `${file.slice(0, file.lastIndexOf("/") + 1)}${entry.replace(/^\.\//, "")}`;
        return !(
          now.has(entry) ||
          entry === "" ||
          takenUp.has(nameOfEntry(entry)) ||
          anyBegins(goneFrom, folder)
        );
      });
      // Each that comes takes the place of one.
      if (comeTo(after, before) >= lost.length) return;
      for (const item of lost) {
        const entry = textOf(item);
        const why = `takes ${shown(entry)} out of the kustomization: what it declares is deleted where the deployer prunes`;
        yield { what: shown(entry), file, line: item.line, side: "before", why };
      }
    },
  },
  reports: [
    [
      "takes `shop.yaml` out of the kustomization: what it declares is deleted where the deployer prunes",
      changed(
        "k8s/kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - shop.yaml\n  - web.yaml\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - web.yaml\n",
      ),
    ],
    [
      "takes `db.yaml` out of the kustomization: what it declares is deleted where the deployer prunes",
      changed(
        "k8s/kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [db.yaml]\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\ncomponents: []\nresources: []\n",
      ),
    ],
  ],
  ignores: [
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
      "a component takes its place",
      changed(
        "k8s/kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - namespace.yaml\n  - web.yaml\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\ncomponents:\n  - ../components/namespace\nresources:\n  - web.yaml\n",
      ),
    ],
    [
      "a file of its name declares it below",
      changed(
        "a/kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - ../apps/shop\n  - web\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - web\n",
      ),
      changed(
        "a/infra/kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - web.yaml\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - shop.yaml\n  - web.yaml\n",
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
