import type { Finding } from "../../hazard.ts";
import { declaredBy, keyOf } from "../../reading/lookup.ts";
import type { ChangedPart } from "../../reading/part.ts";
import { type Parts, withoutIndex } from "../../reading/parts.ts";
import { at, fingerprint, isFalse, type Tree, textOf } from "../../reading/tree.ts";
import { shown } from "../../words.ts";

export const OF = ["terraform"] as const;
export const WITH_VALUES = ["terraform", "terraform-values"] as const;

const NOT_RESOURCES = new Set([
  "terraform",
  "provider",
  "variable",
  "output",
  "locals",
  "data",
  "module",
  "moved",
  "removed",
  "import",
  "check",
  "backend",
  "cloud",
  "remote_state",
  "inputs",
  "include",
  "dependency",
  "dependencies",
  "generate",
  "run",
  "mock_provider",
  "action",
]);

/** A block without labels, as a `statement` that was left over, is none. */
export function isResource({ type, name, notation }: ChangedPart): boolean {
  return notation === "terraform" && !NOT_RESOURCES.has(type) && name !== type;
}

const kept = declaredBy(({ type, scope, tree }) =>
  type === "removed" && isFalse(at(tree, "lifecycle", "destroy"))
    ? keyOf(scope, withoutIndex(textOf(at(tree, "from"))))
    : undefined,
);

/** Whether a `removed` block speaks of the part, and lets it live on. */
function keptBy({ scope, name }: ChangedPart, all: Parts): boolean {
  return kept(all, keyOf(scope, name)).length > 0;
}

export function* gone(part: ChangedPart, why: string): Generator<Finding> {
  if (part.before === undefined) return;
  const { line } = part.before;
  yield {
    what: shown(part.name),
    file: part.file,
    line,
    side: "before",
    why: `removes ${shown(part.name)}: ${why}`,
  };
}

export function isGone(part: ChangedPart, all: Parts): boolean {
  return part.after === undefined && !keptBy(part, all) && !madeNothing(part.before);
}

/** Whether there was none of it, whatever its condition said. */
function madeNothing(tree: Tree | undefined): boolean {
  return /^(?:[^?]*\?\s*0\s*:\s*)?0$/.test(textOf(at(tree, "count")).trim());
}

export function same(one: Tree | undefined, other: Tree | undefined): boolean {
  return fingerprint(one) === fingerprint(other);
}

/** Whether it stands in another folder as it was. One of the same name that is another thing took nobody's place. */
export function isElsewhere(part: ChangedPart, all: Parts): boolean {
  const there = all.addedParts.sameName(part)?.after;
  return there !== undefined && same(part.before, there);
}
