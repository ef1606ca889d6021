import type { ChangedFile } from "../snapshot.ts";

/** What a merge does at one path: what it finds there, and what it leaves there. */
interface Sides {
  readonly base: string;
  readonly head: string;
}

/** The mark of a path of which one side is not known. It equals nothing, not even itself. */
const UNKNOWN = "unknown";
const NOTHING = "nothing";

/** The marks of all that a change touches, by path. Where a file was moved or copied from is a path of its own. */
export type Content = ReadonlyMap<string, string>;

/** Two known marks of a path are the same exactly when the merge does the same there. */
export function fingerprints(files: readonly ChangedFile[]): Content {
  const byPath = new Map<string, [Sides, ...Sides[]]>();
  for (const file of files)
    for (const { path, ...sides } of sidesOf(file)) {
      const known = byPath.get(path);
      if (known === undefined) byPath.set(path, [sides]);
      else known.push(sides);
    }
  return new Map([...byPath].map(([path, own]) => [path, markOf(own)]));
}

function sidesOf(file: ChangedFile): readonly (Sides & { readonly path: string })[] {
  const { path, previousPath, status } = file;
  const base = baseSide(file);
  if (previousPath === undefined) return [{ path, base, head: headSide(file) }];
  const done = status === "copied" ? "copied" : "moved";
  return [
    { path, base: base === UNKNOWN ? base : `${base} of ${previousPath}`, head: headSide(file) },
    { path: previousPath, base, head: `${done} to ${path}` },
  ];
}

function baseSide({ base }: ChangedFile): string {
  if (base === undefined) return UNKNOWN;
  return base === null ? NOTHING : `${base.kind} ${base.mode} ${base.contentId}`;
}

function headSide({ status, contentId, mode }: ChangedFile): string {
  if (status === "removed") return NOTHING;
  if (contentId === null || mode === undefined) return UNKNOWN;
  return `${mode === SUBMODULE ? "commit" : "blob"} ${mode} ${contentId}`;
}

const SUBMODULE = "160000";

function markOf(all: readonly [Sides, ...Sides[]]): string {
  if (all.some(({ base, head }) => base === UNKNOWN || head === UNKNOWN)) return UNKNOWN;
  const together = (side: keyof Sides) =>
    all.length === 1 ? all[0][side] : [...new Set(all.map((each) => each[side]))].toSorted().join(" and ");
  return JSON.stringify({ base: together("base"), head: together("head") });
}

/** How the merge at a path differs from what it was when it was approved. */
export type Difference =
  /** What it leaves, or whether it touches the path at all. */
  | "head"
  /** Only what it finds: the base changed meanwhile. */
  | "base"
  /** A side is not known now. */
  | "unknown"
  /** The record does not hold both sides: an earlier version made it, or a side was not known then. */
  | "not-recorded";

/** `null` where both marks are known and the same; an absent one is that of a path that is not part of the change. */
export function difference(before: string | undefined, now: string | undefined): Difference | null {
  if (before === undefined || now === undefined) return "head";
  if (now === UNKNOWN) return "unknown";
  if (before === now) return null;
  const was = readMark(before);
  if (was === null) return "not-recorded";
  return was.head === readMark(now)?.head ? "base" : "head";
}

/** `null` for what is no mark of both sides. */
function readMark(mark: string): Sides | null {
  if (!mark.startsWith("{")) return null;
  const { base, head }: Partial<Record<keyof Sides, unknown>> = JSON.parse(mark);
  return typeof base === "string" && typeof head === "string" ? { base, head } : null;
}
