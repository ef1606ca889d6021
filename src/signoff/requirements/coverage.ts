import type { ApprovalRecord, ChangedFile, Review, Snapshot } from "../snapshot.ts";
import type { Staleness } from "../staleness.ts";

/** What a countersignature must cover: the content of an area, kept or not by a push. */
export interface Scope {
  /** Whether a path belongs to it, be it changed or not any more. */
  readonly holds: (path: string) => boolean;
  readonly keep: "untouched" | "never";
  /** The hazards that are signed for, by their keys, and what each is about. */
  readonly hazards?: ReadonlyMap<string, string>;
}

type Coverage =
  | { readonly covers: true; readonly headSha: string; readonly kept: boolean }
  | { readonly covers: false; readonly because: Staleness };

const UNKNOWN = "unknown";

/** The value that stays the same exactly when a changed file stays the same. */
export function fingerprint({ status, contentId, mode, previousPath }: ChangedFile): string {
  if (contentId === null && status !== "removed") return UNKNOWN;
  return JSON.stringify([status, contentId, mode ?? null, previousPath ?? null]);
}

/** The fingerprints of a change by path. The place a file was renamed from is a path of its own. */
export function contentOf(files: readonly ChangedFile[]): Content {
  const marks = new Map<string, string[]>();
  const add = (path: string, mark: string) => {
    const others = marks.get(path);
    if (others === undefined) marks.set(path, [mark]);
    else others.push(mark);
  };
  for (const file of files) {
    const { path, previousPath } = file;
    add(path, fingerprint(file));
    if (previousPath !== undefined) add(previousPath, JSON.stringify(["source of", path]));
  }
  return new Map([...marks].map(([path, own]) => [path, together(own)]));
}

function together(marks: readonly string[]): string {
  return marks.includes(UNKNOWN) ? UNKNOWN : marks.toSorted().join();
}

/** Whether an approval was given for what a scope holds now. Worked out once for each review and scope. */
export type CoverageOf = (review: Review, scope: Scope) => Coverage;

export function coverageOf(snapshot: Snapshot, content: Content): CoverageOf {
  const marks = [...content];
  const records = new Map(
    snapshot.reviews.flatMap((review) => {
      const record = recordOf(review, snapshot);
      return record === undefined ? [] : [[review, seenOf(record, snapshot, { content, marks })] as const];
    }),
  );
  const known = new Map<Scope, Map<Review, Coverage>>();
  return (review, scope) => {
    const ofScope = known.get(scope) ?? new Map<Review, Coverage>();
    known.set(scope, ofScope);
    const before = records.get(review);
    const coverage =
      ofScope.get(review) ??
      (before === undefined ? carefully(review, snapshot) : byRecord(before, scope, snapshot));
    ofScope.set(review, coverage);
    return coverage;
  };
}

/** The fingerprints of all that a change touches, by path. */
export type Content = ReadonlyMap<string, string>;

/** A record with what tells it from the change as it is now. */
interface Seen {
  readonly record: ApprovalRecord;
  /** Paths that changed since, or were not or are no longer part of the change; sorted. */
  readonly changed: readonly string[];
  readonly hazards: ReadonlySet<string>;
}

/** What a change is now, as a look-up and as a list. */
interface Now {
  readonly content: Content;
  readonly marks: readonly (readonly [path: string, mark: string])[];
}

function seenOf(record: ApprovalRecord, { pullRequest }: Snapshot, now: Now): Seen {
  const { content, headSha } = record;
  const kept = headSha !== pullRequest.head.sha;
  const changed = Object.keys(content).filter((path) => !now.content.has(path));
  for (const [path, mark] of now.marks) {
    if (content[path] !== mark || (kept && mark === UNKNOWN)) changed.push(path);
  }
  return { record, changed: changed.toSorted(), hazards: new Set(record.hazards) };
}

function recordOf(review: Review, { recorded }: Snapshot): ApprovalRecord | undefined {
  return recorded.approvals.find(
    ({ reviewId, reviewerId }) => reviewId === review.id && reviewerId === review.reviewer?.id,
  );
}

function byRecord({ record, changed, hazards }: Seen, scope: Scope, { pullRequest }: Snapshot): Coverage {
  const { headSha, baseRef } = record;
  if (baseRef !== pullRequest.base.ref) {
    return { covers: false, because: { kind: "other-base", base: baseRef } };
  }
  const kept = headSha !== pullRequest.head.sha;
  if (kept && scope.keep === "never") return { covers: false, because: { kind: "pushed", headSha } };
  const paths = changed.filter(scope.holds);
  if (paths.length > 0) return { covers: false, because: { kind: "changed", headSha, paths } };
  const what = kept ? unseen(scope, hazards) : null;
  if (what !== null) return { covers: false, because: { kind: "hazard", headSha, what } };
  return { covers: true, headSha, kept };
}

const NO_HAZARDS: ReadonlyMap<string, string> = new Map();

/** What was no hazard, or was not known to be one, when the approval was given. */
function unseen({ hazards = NO_HAZARDS }: Scope, seen: ReadonlySet<string>): string | null {
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

/** Records for the approvals that hold now and were not seen before, each with the whole content they cover. */
export function newRecords(
  snapshot: Snapshot,
  now: Content,
  hazards: readonly string[] | undefined,
): readonly ApprovalRecord[] {
  const fresh = snapshot.reviews.filter(
    (review) =>
      review.state === "approved" &&
      recordOf(review, snapshot) === undefined &&
      carefully(review, snapshot).covers,
  );
  if (fresh.length === 0) return [];
  const { head, base } = snapshot.pullRequest;
  const seen = {
    headSha: head.sha,
    baseRef: base.ref,
    seenAt: snapshot.now,
    content: Object.fromEntries(now),
    ...(hazards && { hazards }),
  };
  return fresh.flatMap(({ id, reviewer }) =>
    reviewer?.type === "User" ? [{ reviewId: id, reviewerId: reviewer.id, ...seen }] : [],
  );
}
