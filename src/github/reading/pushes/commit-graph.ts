import type { CommitFacts } from "../../../signoff/snapshot.ts";

/** The commits of a pull request, by what comes before what. */
export interface CommitGraph {
  has(sha: string): boolean;
  /**
   * What moving a branch from one commit to another brought, of these commits. Where parents are not known, all that
   * is listed before counts as brought.
   */
  brought(before: string | null, after: string): readonly string[];
}

type Parents = (commit: CommitFacts, index: number) => readonly string[];

export function commitGraph(commits: readonly CommitFacts[]): CommitGraph {
  const places = new Map(commits.map(({ sha }, index) => [sha, index]));
  const upTo = (last: string, parentsOf: Parents): ReadonlySet<string> => {
    const found = new Set<string>();
    const waiting = [last];
    for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
      const index = places.get(sha);
      const commit = index === undefined ? undefined : commits[index];
      if (index === undefined || commit === undefined || found.has(sha)) continue;
      found.add(sha);
      waiting.push(...parentsOf(commit, index));
    }
    return found;
  };
  const known: Parents = ({ parents = [] }) => parents;
  const atMost: Parents = ({ parents }, index) =>
    parents ?? commits.slice(0, index).map((commit) => commit.sha);
  return {
    has: (sha) => places.has(sha),
    brought(before, after) {
      const there = before === null ? new Set<string>() : upTo(before, known);
      return [...upTo(after, atMost)].filter((sha) => !there.has(sha));
    },
  };
}
