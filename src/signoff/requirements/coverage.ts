import type { SignedContent } from "../passkey-facts.ts";
import type { Account, ApprovalRecord, Review, Snapshot } from "../snapshot.ts";
import type { Staleness } from "../staleness.ts";
import { createCompare, type PathsByDifference, type Within } from "./differences.ts";
import type { Content } from "./fingerprints.ts";
import type { PathsByArea } from "./paths-by-area.ts";

/** What a countersignature must cover: the content of a part of the repository, kept or not by a push. */
export interface Scope {
  /** The paths that belong to it, be they changed or not any more. */
  readonly within: Within;
  readonly keep: "untouched" | "never";
  /** The hazards that are signed for, by their keys, and what each is about. */
  readonly hazards?: ReadonlyMap<string, string>;
}

type Coverage =
  | { readonly covers: true; readonly headSha: string; readonly kept: boolean }
  | { readonly covers: false; readonly because: Staleness };

/** Whether an approval was given for what a scope holds now. */
export type CoverageOf = (review: Review, scope: Scope) => Coverage;

export function coverageOf(
  snapshot: Snapshot,
  content: Content,
  { partsOf }: Pick<PathsByArea, "partsOf">,
): CoverageOf {
  const compare = createCompare({ content, partsOf });
  // Each requirement asks about every approval again.
  const known = new Map<Review, Seen>();
  return (review, scope) => {
    const { direct, record } = known.get(review) ?? seenOf(review, snapshot);
    known.set(review, { direct, record });
    if (record === undefined) return direct;
    const differences = () => compare(record.content)(scope.within);
    return byRecord({ record, differences, sameHead: direct.covers }, scope, snapshot);
  };
}

/** What a review says by itself, and what is recorded of it. */
interface Seen {
  readonly direct: Coverage;
  readonly record: ApprovalRecord | undefined;
}

function seenOf(review: Review, snapshot: Snapshot): Seen {
  return { direct: carefully(review, snapshot), record: recordOf(review, snapshot) };
}

function recordOf(review: Review, { recorded }: Snapshot): ApprovalRecord | undefined {
  return recorded.approvals.find(
    ({ reviewId, reviewerId }) => reviewId === review.id && reviewerId === review.reviewer?.id,
  );
}

/** Whether a passkey's signature covers what a scope holds now, by the rule by which an approval stays valid. */
export type SignedCoverage = (signed: SignedContent, scope: Scope) => boolean;

/** The head is recorded and not compared. */
export function signedCoverageOf(
  snapshot: Snapshot,
  content: Content,
  { partsOf }: Pick<PathsByArea, "partsOf">,
): SignedCoverage {
  const compare = createCompare({ content, partsOf });
  return (record, scope) => {
    const differences = () => compare(record.content)(scope.within);
    return byRecord({ record, differences, sameHead: true }, { ...scope, keep: "untouched" }, snapshot)
      .covers;
  };
}

/** A record with what tells the change that was approved from the change as it is now. */
interface Compared {
  readonly record: Omit<ApprovalRecord, "reviewId" | "reviewerId" | "seenAt">;
  readonly differences: () => PathsByDifference;
  /** Whether the review by itself is one of this very head. */
  readonly sameHead: boolean;
}

function byRecord(
  { record, differences, sameHead }: Compared,
  scope: Scope,
  { pullRequest }: Snapshot,
): Coverage {
  const { headSha, baseRef } = record;
  if (baseRef !== pullRequest.base.ref) {
    return { covers: false, because: { kind: "other-base", base: baseRef } };
  }
  if (record.gone === true) return { covers: false, because: { kind: "forgotten" } };
  const kept = headSha !== pullRequest.head.sha;
  if (kept && scope.keep === "never") return { covers: false, because: { kind: "pushed", headSha } };
  const because = reasonIn(differences(), { headSha, base: baseRef, sameHead: sameHead && !kept });
  if (because !== null) return { covers: false, because };
  const what = kept ? unseenHazard(scope, new Set(record.hazards)) : null;
  if (what !== null) return { covers: false, because: { kind: "hazard", headSha, what } };
  return { covers: true, headSha, kept };
}

interface Approved {
  readonly headSha: string;
  readonly base: string;
  readonly sameHead: boolean;
}

/** What differs in a scope; what people can see for themselves first. */
function reasonIn(paths: PathsByDifference, { headSha, base, sameHead }: Approved): Staleness | null {
  const [changed, baseChanged] = [paths.get("head"), paths.get("base")];
  if (changed !== undefined) return { kind: "changed", headSha, paths: changed };
  if (baseChanged !== undefined) return { kind: "base-changed", headSha, base, paths: baseChanged };
  // The approval was given for this very head: what was not known of it then is what is not known of it now.
  if (sameHead) return null;
  const [notRecorded, unknown] = [paths.get("not-recorded"), paths.get("unknown")];
  if (notRecorded !== undefined) return { kind: "not-recorded", paths: notRecorded };
  return unknown === undefined ? null : { kind: "unknown", paths: unknown };
}

const NO_HAZARDS: ReadonlyMap<string, string> = new Map();

/** What was no hazard, or was not known to be one, when the approval was given. */
function unseenHazard({ hazards = NO_HAZARDS }: Scope, seen: ReadonlySet<string>): string | null {
  for (const [key, what] of hazards) if (!seen.has(key)) return what;
  return null;
}

/**
 * Without a record of our own. GitHub moves a review's commit along on a force-push, so that the review names the head
 * counts only when it was given after the head became the head; and after the base became the base, because the same
 * head against another base is another change.
 */
function carefully(review: Review, { pullRequest, recorded }: Snapshot): Coverage {
  const { sha } = pullRequest.head;
  if (review.commitSha !== sha) {
    return { covers: false, because: { kind: "other-head", headSha: review.commitSha } };
  }
  if (!isAfter(review.submittedAt, recorded.headMovedAt)) {
    return { covers: false, because: { kind: "before-head" } };
  }
  if (!isAfter(review.submittedAt, recorded.baseChangedAt)) {
    return { covers: false, because: { kind: "before-base" } };
  }
  return { covers: true, headSha: sha, kept: false };
}

/** False where either time cannot be read. */
function isAfter(time: string, moment: string | null): boolean {
  return moment === null || Date.parse(time) > Date.parse(moment);
}

/** What an approval covers now. */
interface Covered {
  readonly content: Content;
  /** `undefined` where no policy says that they were looked for. */
  readonly hazards: readonly string[] | undefined;
}

/**
 * Records for the approvals that hold now and were not seen before, each with the whole content they cover. Nothing is
 * kept of those who may not write, of whom there is no end: should one of them gain the right, the approval is read
 * like any that no record is of.
 */
export function newApprovalRecords(
  snapshot: Snapshot,
  { content, hazards }: Covered,
  mayWrite: (reviewer: Account) => boolean,
): readonly ApprovalRecord[] {
  const fresh = snapshot.reviews.filter(
    (review) =>
      review.state === "approved" &&
      review.reviewer !== null &&
      mayWrite(review.reviewer) &&
      recordOf(review, snapshot) === undefined &&
      carefully(review, snapshot).covers,
  );
  if (fresh.length === 0) return [];
  const { head, base } = snapshot.pullRequest;
  const seen = {
    headSha: head.sha,
    baseRef: base.ref,
    seenAt: snapshot.now,
    content: Object.fromEntries(content),
    ...(hazards && { hazards }),
  };
  return fresh.flatMap(({ id, reviewer }) =>
    reviewer?.type === "User" ? [{ reviewId: id, reviewerId: reviewer.id, ...seen }] : [],
  );
}
