import type { Commit, ObjectStore } from "./objects.ts";

/** The commit itself and everything before it. */
export function ancestors(store: ObjectStore, sha: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [sha];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...store.commitAt(next).parents);
  }
  return seen;
}

/** The best common ancestor; `null` for unrelated histories. */
export function mergeBase(store: ObjectStore, one: string, other: string): string | null {
  const before = ancestors(store, one);
  const common = [...ancestors(store, other)].filter((sha) => before.has(sha));
  const superseded = new Set(common.flatMap((sha) => store.commitAt(sha).parents));
  return common.find((sha) => !superseded.has(sha)) ?? null;
}

/** What `head` has and `base` has not, parents before children. */
export function commitsBetween(store: ObjectStore, base: string, head: string): readonly Commit[] {
  const known = ancestors(store, base);
  const ordered: Commit[] = [];
  const placed = new Set<string>();
  const stack = [{ sha: head, expanded: false }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (known.has(next.sha) || placed.has(next.sha)) continue;
    const commit = store.commitAt(next.sha);
    if (next.expanded) {
      placed.add(next.sha);
      ordered.push(commit);
      continue;
    }
    stack.push({ sha: next.sha, expanded: true });
    for (const parent of commit.parents.toReversed()) stack.push({ sha: parent, expanded: false });
  }
  return ordered;
}
