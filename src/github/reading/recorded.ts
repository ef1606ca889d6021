import type { CommitFacts, CommitRecord, Recorded } from "../../signoff/snapshot.ts";
import { baseChangedAt, headMovedAt } from "./head-moved.ts";
import type { Timeline } from "./people/timeline.ts";
import { recordsOfPicked } from "./picked.ts";
import type { recordsOfReapplied } from "./reapplied.ts";
import type { SnapshotRequest } from "./snapshot-request.ts";

interface History extends SnapshotRequest {
  readonly reapplying: () => Promise<Awaited<ReturnType<typeof recordsOfReapplied>>>;
  readonly withAddresses: (records: readonly CommitRecord[]) => Promise<readonly CommitRecord[]>;
  /** `null` where nothing is changed. */
  readonly contentDigest: string | null;
  readonly baseRef: string;
  readonly commits: readonly CommitFacts[];
  readonly events: Timeline;
}

/** What the App remembers of the pull request and of its commits. `records` is all that is known of the commits. */
export async function recorded({
  baseRef,
  contentDigest,
  commits,
  events,
  headSha,
  memory,
  now,
  recall,
  reapplying,
  recallSameContent,
  withAddresses,
}: History): Promise<{ readonly known: Recorded; readonly records: readonly CommitRecord[] }> {
  const shas = commits.map(({ sha }) => sha);
  const records = await recall(shas);
  const back = await reapplying();
  const known: Recorded = {
    approvals: memory.approvals,
    evidence: memory.evidence,
    headMovedAt: headMovedAt({ headSha, commits: shas, timeline: events, memory, now }),
    baseChangedAt: baseChangedAt({ baseRef, timeline: events, memory, now }),
    refusals: memory.refusals,
    commits: await withAddresses([
      ...withoutWebPushers(records, commits),
      ...(await recordsOfPicked(commits, recall)),
      ...back.records,
      ...(contentDigest === null ? [] : ((await recallSameContent?.(contentDigest)) ?? [])),
    ]),
    accounts: memory.accounts,
    ...(memory.signers && { signers: memory.signers }),
    ...(back.reapplied.length > 0 && { reapplied: back.reapplied }),
    ...(memory.dropped && { dropped: true }),
    ...commandHistory(memory, headSha, now),
    ...(memory.freezes && { freezes: memory.freezes }),
    ...(memory.clocks && { clocks: memory.clocks }),
  };
  return { known, records };
}

/** What says whether somebody commanded of the head as it is. One that is judged for the first time is new to everybody. */
function commandHistory(
  { commands, ...memory }: SnapshotRequest["memory"],
  headSha: string,
  now: Date,
): Pick<Recorded, "overrides" | "withdrawnAt" | "heads" | "headSeenAt"> {
  if (commands === undefined) return {};
  const isKnown = memory.headSha === headSha;
  return {
    ...(commands.overrides.length > 0 && { overrides: commands.overrides }),
    ...(commands.withdrawnAt !== undefined && { withdrawnAt: commands.withdrawnAt }),
    heads: commands.heads,
    headSeenAt: (isKnown ? memory.headSeenAt : null) ?? now.toISOString(),
  };
}

/**
 * What is made on GitHub's own pages has whoever did it as its author, and is merged there by whoever presses the
 * button. Anybody can write into a commit that GitHub made it, so GitHub has to say so as well.
 */
function withoutWebPushers(
  records: readonly CommitRecord[],
  commits: readonly CommitFacts[],
): readonly CommitRecord[] {
  const web = new Set(commits.flatMap(({ sha, committedViaWeb }) => (committedViaWeb ? [sha] : [])));
  return records.map((record) =>
    web.has(record.sha)
      ? { ...record, participants: record.participants.filter((each) => each.web !== true) }
      : record,
  );
}
