import type { OpenHead } from "../github/listing/open-heads.ts";

const QUARTER_MS = 15 * 60_000;
/** By so many heads a sweep begins after where the one a quarter of an hour ago began. */
const STRIDE = 50;

/**
 * Heads in the order in which a sweep looks at them: those of which it is not known that they were ever looked at, then
 * those whose pull request changed since, then those that were looked at longest ago. `seenAt` says when that was, in
 * ISO 8601. Where it never says, each sweep begins elsewhere, so that none is always the last.
 */
export function sweepOrder(
  open: readonly OpenHead[],
  seenAt: (head: OpenHead) => string | null,
  now: Date,
): readonly OpenHead[] {
  const ranked = open
    .map((head) => ({ head, ...rankOf(head, seenAt(head)) }))
    .toSorted((one, other) => one.rank - other.rank || one.since - other.since)
    .map(({ head }) => head);
  const unseen = ranked.filter((head) => seenAt(head) === null);
  const start = (Math.floor(now.getTime() / QUARTER_MS) * STRIDE) % Math.max(unseen.length, 1);
  return [...unseen.slice(start), ...unseen.slice(0, start), ...ranked.slice(unseen.length)];
}

function rankOf(
  { updatedAt }: OpenHead,
  seenAt: string | null,
): { readonly rank: number; readonly since: number } {
  if (seenAt === null) return { rank: 0, since: Date.parse(updatedAt) };
  const [seen, updated] = [Date.parse(seenAt), Date.parse(updatedAt)];
  // GitHub tells whole seconds: what happened in the same one may have been missed.
  return { rank: updated >= seen ? 1 : 2, since: seen };
}
