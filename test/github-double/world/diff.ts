import type { FileEntry, Files, Mode, ObjectStore } from "./objects.ts";
import { diffText } from "./patch.ts";

/** Git's and GitHub's threshold for calling a removed and an added file one renamed file. */
const SIMILAR = 0.5;
/** Git's default `diff.renameLimit`, squared: above it only identical content is matched. */
const MAX_PAIRS = 400 * 400;
/** GitHub leaves the patch of very large files out. */
const MAX_PATCH_BYTES = 1_000_000;

export interface FileChange {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  /** The id on the side that exists: the head's, or the base's for a removed file. */
  readonly sha: string;
  readonly mode: Mode;
  readonly additions: number;
  readonly deletions: number;
  readonly patch?: string;
}

interface Side {
  readonly path: string;
  readonly entry: FileEntry;
}

export function diffFiles(store: ObjectStore, before: Files, after: Files): readonly FileChange[] {
  const removed: Side[] = [];
  const added: Side[] = [];
  const changes: FileChange[] = [];
  for (const [path, entry] of before) {
    const now = after.get(path);
    if (!now) removed.push({ path, entry });
    else if (now.sha !== entry.sha || now.mode !== entry.mode)
      changes.push(change(store, { path, entry }, { path, entry: now }));
  }
  for (const [path, entry] of after) if (!before.has(path)) added.push({ path, entry });
  const renames = findRenames(store, removed, added);
  for (const [from, to] of renames) changes.push(change(store, from, to));
  const sources = new Set(renames.keys());
  const targets = new Set(renames.values());
  for (const side of removed) if (!sources.has(side)) changes.push(change(store, side, null));
  for (const side of added) if (!targets.has(side)) changes.push(change(store, null, side));
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function change(store: ObjectStore, from: Side | null, to: Side | null): FileChange {
  const side = to ?? from;
  if (!side) throw new Error("a change needs a side");
  const text = textChange(store, from?.entry, to?.entry);
  return {
    path: side.path,
    ...(from && to && from.path !== to.path ? { previousPath: from.path } : {}),
    status: statusOf(from, to),
    sha: side.entry.sha,
    mode: side.entry.mode,
    ...text,
  };
}

function statusOf(from: Side | null, to: Side | null): FileChange["status"] {
  if (!from) return "added";
  if (!to) return "removed";
  if (from.path !== to.path) return "renamed";
  return from.entry.sha === to.entry.sha ? "changed" : "modified";
}

function textChange(
  store: ObjectStore,
  from: FileEntry | undefined,
  to: FileEntry | undefined,
): Pick<FileChange, "additions" | "deletions" | "patch"> {
  const before = contentOf(store, from);
  const after = contentOf(store, to);
  if (isBinary(before) || isBinary(after)) return { additions: 0, deletions: 0 };
  const { additions, deletions, patch } = diffText(before.toString(), after.toString());
  const shown = patch !== "" && Math.max(before.length, after.length) <= MAX_PATCH_BYTES;
  return { additions, deletions, ...(shown ? { patch } : {}) };
}

function contentOf(store: ObjectStore, entry: FileEntry | undefined): Buffer {
  if (!entry) return Buffer.alloc(0);
  if (entry.mode === "160000") return Buffer.from(`Subproject commit ${entry.sha}\n`);
  return store.bytes(entry.sha);
}

export function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8000).includes(0);
}

function findRenames(store: ObjectStore, removed: readonly Side[], added: readonly Side[]): Map<Side, Side> {
  const renames = new Map<Side, Side>();
  const free = new Set(added);
  for (const from of removed) {
    const same = [...free].find((to) => to.entry.sha === from.entry.sha);
    if (same && store.bytes(same.entry.sha).length > 0) {
      renames.set(from, same);
      free.delete(same);
    }
  }
  if (removed.length * free.size > MAX_PAIRS) return renames;
  const pairs = removed
    .filter((from) => !renames.has(from))
    .flatMap((from) => [...free].map((to) => ({ from, to, score: similarity(store, from.entry, to.entry) })))
    .filter((pair) => pair.score >= SIMILAR)
    .sort((a, b) => b.score - a.score);
  for (const { from, to } of pairs) {
    if (renames.has(from) || !free.has(to)) continue;
    renames.set(from, to);
    free.delete(to);
  }
  return renames;
}

/** The share of bytes in lines both hold, of the larger file. */
function similarity(store: ObjectStore, one: FileEntry, other: FileEntry): number {
  const a = contentOf(store, one);
  const b = contentOf(store, other);
  const larger = Math.max(a.length, b.length);
  if (larger === 0 || isBinary(a) || isBinary(b)) return 0;
  const counts = new Map<string, number>();
  for (const line of a.toString().split("\n")) counts.set(line, (counts.get(line) ?? 0) + 1);
  let shared = 0;
  for (const line of b.toString().split("\n")) {
    const left = counts.get(line) ?? 0;
    if (left === 0) continue;
    counts.set(line, left - 1);
    shared += Buffer.byteLength(line) + 1;
  }
  return Math.min(1, shared / larger);
}
