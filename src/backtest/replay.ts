import { showOwner } from "../ownership/owner.ts";
import { governs } from "../policy/governs.ts";
import type { ResolvedPolicy } from "../policy/resolve.ts";
import { judge } from "../signoff/evaluate.ts";
import type { PastPull } from "../signoff/past.ts";
import type { Snapshot } from "../signoff/snapshot.ts";
import type { JudgedHazard, RequirementOutcome, Verdict } from "../signoff/verdict.ts";
import { asOf } from "./as-of.ts";
import { doneAbout } from "./done.ts";
import type { Ask, FoundHazard, PullName, Replayed } from "./replayed.ts";

/** Judges a merged pull request by a policy as it would have been judged, and says what was done in fact. */
export function replay(past: PastPull, resolved: ResolvedPolicy): Replayed {
  const { snapshot, mergedAt } = past;
  const nothing = {
    pull: nameOf(past),
    writer: "unknown",
    tools: [],
    areas: [],
    asks: [],
    hazards: [],
  } as const;
  const { ref } = snapshot.pullRequest.governedBy;
  if (!governs(resolved.policy, { ref, defaultBranch: snapshot.repository.defaultBranch })) {
    const because = `the config does not govern the branch ${ref}`;
    return { ...nothing, approved: false, unjudged: { kind: "not-governed", because } };
  }
  const then = asOf(snapshot, mergedAt);
  const verdict = judge(then, resolved);
  const approved = then.reviews.some((review) => isSomebodyElses(review, verdict));
  if (isUnjudged(verdict)) {
    const because = verdict.problems.find(({ severity }) => severity === "error")?.message ?? "not evaluated";
    return { ...nothing, approved, unjudged: { kind: "not-evaluated", because } };
  }
  const { writer, tools } = verdict.provenance;
  return {
    pull: nothing.pull,
    writer,
    tools,
    areas: verdict.areas.map(({ name }) => name),
    asks: asksOf(past, verdict, resolved),
    hazards: verdict.hazards.flatMap(foundHazard),
    approved,
  };
}

function isUnjudged({ conclusion, wouldBe = conclusion }: Verdict): boolean {
  return wouldBe === "failure";
}

function nameOf({ snapshot, openedAt, mergedAt, mergedBy }: PastPull): PullName {
  const { number, title, author } = snapshot.pullRequest;
  return {
    number,
    title,
    author: author?.login ?? null,
    mergedBy: mergedBy?.login ?? null,
    openedAt,
    mergedAt,
  };
}

type GivenReview = Snapshot["reviews"][number];

/** An approval by a person who took no part, of whatever commit. */
function isSomebodyElses({ reviewer, state }: GivenReview, { contributors }: Verdict): boolean {
  return (
    state === "approved" &&
    reviewer?.type === "User" &&
    !contributors.some(({ account }) => account?.id === reviewer.id)
  );
}

function asksOf(past: PastPull, verdict: Verdict, resolved: ResolvedPolicy): readonly Ask[] {
  if (verdict.requirements.length === 0) return [];
  const since = signableSince(past);
  const ever = outcomesEver(past, resolved);
  return verdict.requirements.map((atMerge) => {
    const { id, area, from, senior, count, because } = atMerge.requirement;
    return {
      area,
      owners: [...new Set([...from.owners, ...senior].map(showOwner))],
      count,
      because,
      since,
      done: doneAbout({ atMerge, ever: ever.get(id), since }, past, verdict),
    };
  });
}

/** By all reviews that were ever given; asked for only where some came after the merge. */
function outcomesEver(
  { snapshot, mergedAt }: PastPull,
  resolved: ResolvedPolicy,
): ReadonlyMap<string, RequirementOutcome> {
  const last = snapshot.reviews.at(-1)?.submittedAt;
  if (last === undefined || Date.parse(last) <= Date.parse(mergedAt)) return new Map();
  const { requirements } = judge(asOf(snapshot, last), resolved);
  return new Map(requirements.map((outcome) => [outcome.requirement.id, outcome]));
}

/**
 * When the head that was merged was there to be signed: when it was committed or force-pushed, or when the pull request
 * was opened, whichever came last. Commits bear the clocks of those who made them, so that none counts after the merge.
 */
function signableSince({ snapshot, openedAt, mergedAt }: PastPull): string {
  const { commits, recorded } = snapshot;
  const moments = [openedAt, commits.at(-1)?.committedAt, recorded.headMovedAt, recorded.baseChangedAt];
  const times = moments.flatMap((moment) => (moment == null ? [] : [Date.parse(moment)]));
  const before = times.filter((time) => time <= Date.parse(mergedAt));
  return new Date(Math.max(Date.parse(openedAt), ...before)).toISOString();
}

function foundHazard({ id, what, file, line, status }: JudgedHazard): readonly FoundHazard[] {
  if (status.kind === "off" || status.kind === "exempt") return [];
  return [{ id, what, file, line, asks: status.kind !== "shown" }];
}
