import type { PullRequestMemory } from "../../store/memory.ts";
import { latest, type Timeline } from "./people/timeline.ts";

export interface HeadHistory {
  readonly headSha: string;
  readonly commits: readonly string[];
  readonly timeline: Pick<Timeline, "forcePushes">;
  readonly memory: PullRequestMemory;
  readonly now: Date;
}

/**
 * When the history of the head was last rewritten, by GitHub's clock; `null` when it only ever grew. Growth needs
 * no date: GitHub leaves a review at the commit it was given for, and moves it only when history is rewritten.
 * A rewrite that shows in the app's memory (a head that it knew or heard of is gone) but not yet in GitHub's timeline
 * happened some time before `now`. What an earlier reading found stays, whatever GitHub tells later.
 */
export function headMovedAt({ headSha, commits, timeline, memory, now }: HeadHistory): string | null {
  const rewrittenAt = latest([
    ...timeline.forcePushes.map(({ at }) => at),
    ...[memory.headMovedAt ?? []].flat(),
  ]);
  const there = new Set([headSha, ...commits]);
  const gone = headsSince(memory).filter((head) => !there.has(head.headSha));
  const isExplained = (head: Head) =>
    timeline.forcePushes.some(
      ({ from, to, at }) =>
        from === head.headSha || (to !== head.headSha && head.at !== null && Date.parse(at) >= head.at),
    );
  return gone.every(isExplained) ? rewrittenAt : now.toISOString();
}

interface Head {
  readonly headSha: string;
  /** When it was known, in milliseconds. */
  readonly at: number | null;
}

/** The head that was judged last, and those heard of since, of which none may have been judged. */
function headsSince({
  headSha,
  headSeenAt,
  headMovedAt,
  heardHeads = [],
}: PullRequestMemory): readonly Head[] {
  const seen = headSeenAt === null ? Number.NEGATIVE_INFINITY : Date.parse(headSeenAt);
  const moved = headMovedAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(headMovedAt);
  return [
    ...(headSha === null ? [] : [{ headSha, at: headSeenAt === null ? null : seen }]),
    ...heardHeads.filter(({ at }) => at >= seen && at > moved),
  ];
}

interface BaseHistory {
  readonly baseRef: string;
  readonly timeline: Pick<Timeline, "baseChangedAt">;
  readonly memory: PullRequestMemory;
  readonly now: Date;
}

/** The same of the base: when it was last another branch, or was rewritten, as GitHub tells it or a webhook told it. */
export function baseChangedAt({ baseRef, timeline, memory, now }: BaseHistory): string | null {
  const { base, rewritten = [] } = memory;
  const told = timeline.baseChangedAt;
  const heard = rewritten.flatMap(({ branch, at }) => (branch === baseRef ? [at] : []));
  const changedAt = latest([...heard, ...[told, base?.changedAt ?? null].filter((at) => at !== null)]);
  const isNews = told !== null && told === changedAt && told !== base?.changedAt;
  return base === undefined || base.ref === baseRef || isNews ? changedAt : now.toISOString();
}
