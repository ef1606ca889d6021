import { type OwnerRef, ownerKey, showOwner } from "../ownership/owner.ts";
import type { PastPull } from "../signoff/past.ts";
import type { Snapshot } from "../signoff/snapshot.ts";
import type { Countersignature, RequirementOutcome, Verdict } from "../signoff/verdict.ts";
import type { Done } from "./replayed.ts";

/** A requirement as it stood at the merge, and as it stands by all reviews that were ever given. */
export interface Stood {
  readonly atMerge: RequirementOutcome;
  readonly ever: RequirementOutcome | undefined;
  /** When there was something to sign. */
  readonly since: string;
}

/** What was done about one requirement. */
export function doneAbout(stood: Stood, past: PastPull, verdict: Pick<Verdict, "ignoredReviews">): Done {
  const { atMerge, ever, since } = stood;
  const { mergedAt } = past;
  if (atMerge.status === "signed") return signed(atMerge.countersignatures, past, since);
  if (atMerge.status === "refused")
    return { kind: "refused", by: loginsOf(atMerge.refusals.map(({ by }) => by)) };
  if (ever?.status === "signed") {
    const at = lastOf(ever.countersignatures);
    return {
      kind: "late",
      by: signersOf(ever.countersignatures),
      afterMergeMs: elapsed(mergedAt, at ?? mergedAt),
    };
  }
  const teams = unknownTeams(atMerge, past.snapshot);
  const isApproved = verdict.ignoredReviews.some(({ code }) => code === "not-owner");
  if (teams.length > 0 && isApproved) return { kind: "unknown", about: teams };
  const former = atMerge.ignoredReviews.filter(
    ({ code, by }) => code === "no-write" || (by !== null && onlyMerged(by.id, past.snapshot)),
  );
  if (former.length > 0)
    return {
      kind: "unknown",
      about: loginsOf(former.flatMap(({ by }) => by ?? [])).map((login) => `@${login}`),
    };
  const earlier = atMerge.ignoredReviews.filter(({ code }) => code === "stale");
  if (earlier.length > 0) return { kind: "earlier", by: loginsOf(earlier.flatMap(({ by }) => by ?? [])) };
  if (atMerge.status === "impossible" && teams.length === 0)
    return { kind: "impossible", because: atMerge.remedy ?? "nobody could have signed" };
  return { kind: "nobody" };
}

function signed(signatures: readonly Countersignature[], past: PastPull, since: string): Done {
  const at = lastOf(signatures) ?? past.mergedAt;
  return {
    kind: "signed",
    by: signersOf(signatures),
    waitedMs: elapsed(since, at),
    silent: isUnchanged(past) && signatures.every(({ by }) => !past.spoke.includes(by.id)),
  };
}

/** Whether no commit was made since it was opened; by the clocks of those who made them. */
function isUnchanged({ snapshot, openedAt }: PastPull): boolean {
  return snapshot.commits.every(
    ({ committedAt }) => committedAt !== undefined && Date.parse(committedAt) <= Date.parse(openedAt),
  );
}

/**
 * Whether all that somebody did to the change is merges, as the button that updates a branch makes them. What those
 * changed by themselves is not read, and without it nobody knows whether it was a part in the work.
 */
function onlyMerged(id: number, { commits, participants, pullRequest }: Snapshot): boolean {
  const own = commits.filter((commit) =>
    [commit.author, commit.committer, ...commit.coAuthors].some(({ account }) => account?.id === id),
  );
  return (
    own.length > 0 &&
    own.every(({ parents = [] }) => parents.length > 1) &&
    pullRequest.author?.id !== id &&
    !participants.some(({ account }) => account.id === id)
  );
}

/** The teams among its owners of whose members nobody knows. */
function unknownTeams({ requirement }: RequirementOutcome, { authority }: Snapshot): readonly string[] {
  const { from, senior } = requirement;
  const owners = new Map([...from.owners, ...senior].map((owner) => [ownerKey(owner), owner]));
  return [...owners.values()].flatMap((owner) => (isUnknown(owner, authority) ? [showOwner(owner)] : []));
}

function isUnknown(owner: OwnerRef, { teams }: Snapshot["authority"]): boolean {
  if (owner.kind !== "team") return false;
  return teams[`${owner.org}/${owner.slug}`.toLowerCase()]?.status !== "known";
}

function lastOf(signatures: readonly Countersignature[]): string | undefined {
  return signatures
    .map(({ at }) => at)
    .toSorted((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
}

function signersOf(signatures: readonly Countersignature[]): readonly string[] {
  return loginsOf(signatures.map(({ by }) => by));
}

function loginsOf(people: readonly { readonly login: string }[]): readonly string[] {
  return [...new Set(people.map(({ login }) => login))];
}

/** Milliseconds; none where clocks run backwards. */
function elapsed(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}
