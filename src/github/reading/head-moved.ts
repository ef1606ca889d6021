import type { PullRequestMemory } from "../../store/memory.ts";
import { latest, type Timeline } from "./people/timeline.ts";

export interface HeadHistory {
  readonly headSha: string;
  readonly commits: readonly string[];
  readonly timeline: Timeline;
  readonly memory: PullRequestMemory;
  readonly now: Date;
}

/**
 * When the history of the head was last rewritten, by GitHub's clock; `null` when it only ever grew. Growth needs
 * no date: GitHub leaves a review at the commit it was given for, and moves it only when history is rewritten.
 * A rewrite that shows in the app's memory (the head it knew is gone) but not yet in GitHub's timeline happened
 * some time before `now`.
 */
export function headMovedAt({ headSha, commits, timeline, memory, now }: HeadHistory): string | null {
  const rewrittenAt = latest(timeline.forcePushes.map(({ at }) => at));
  const { headSha: known, headSeenAt } = memory;
  if (known === null || known === headSha || commits.includes(known)) return rewrittenAt;
  const explained = timeline.forcePushes.some(
    ({ from, at }) => from === known || (headSeenAt !== null && Date.parse(at) >= Date.parse(headSeenAt)),
  );
  return explained ? rewrittenAt : now.toISOString();
}
