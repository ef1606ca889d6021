import type { OwnerRef } from "../../ownership/owner.ts";
import type { Account, RefusalRecord, Review } from "../snapshot.ts";
import type { Refusal, Requirement, RequirementOutcome } from "../verdict.ts";
import { ineligibility, type OwnerReview } from "./countersignatures.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { isRefusal, type LatestReview, oldestFirst } from "./latest-reviews.ts";
import { formerOwner } from "./signer-sets.ts";

/**
 * The refusals that hold a requirement up: those of its owners as they are now, and those that were recorded when the
 * refuser had the right to refuse, whatever became of that right or of the account.
 */
export function refusalsOf(
  requirement: Requirement,
  reviews: readonly OwnerReview[],
  context: EvaluationContext,
): readonly Refusal[] {
  const owners = [...requirement.from.owners, ...requirement.senior];
  const lifting = { owners, requirement, context };
  const given = reviews.flatMap((review) => refusalOf(review, lifting) ?? []);
  const refusers = new Set(given.map(({ by }) => by.id));
  const records = context.snapshot.recorded.refusals.filter(
    (record) => !refusers.has(record.by.id) && concerns(record, requirement),
  );
  const recorded = records.flatMap((record) => standing(record, lifting) ?? []);
  const known = new Set([...refusers, ...records.map(({ by }) => by.id)]);
  // Of a refusal that is on record it is known what they had the right to refuse.
  const onRecord = new Set(context.snapshot.recorded.refusals.map(({ reviewId }) => reviewId));
  const takenBack = context.latestReviews
    .filter(({ by, latest }) => !known.has(by.id) && !onRecord.has(latest.id))
    .flatMap((latestReview) => takenBackBy(latestReview, lifting) ?? []);
  return [...given, ...new Map(recorded.map((refusal) => [refusal.by.id, refusal])).values(), ...takenBack];
}

/**
 * The "no" of somebody who lost the right to it since, as far as readings tell: the news of it may have been lost. So may
 * that of somebody who approved this pull request while they could write, and no longer can.
 */
function takenBackBy({ by, latest }: LatestReview, lifting: Lifting): Refusal | null {
  const { machines, signers, snapshot } = lifting.context;
  if (!isRefusal(latest) || machines.machine(by) !== null) return null;
  const { id: reviewId, submittedAt: at, commitSha } = latest;
  const former = formerOwner(lifting.owners, { by, at }, snapshot);
  const approved = snapshot.recorded.approvals.some(({ reviewerId }) => reviewerId === by.id);
  if (former === null && !(approved && signers.mayWrite(by) === "no")) return null;
  const as: OwnerRef = former ?? { kind: "user", login: by.login };
  return unlifted({ reviewId, by, at, commitSha, as, formerRight: true }, latest, lifting);
}

/** An owner's "no" that nobody with authority has lifted. Contributors who own may say no too; machines may not. */
function refusalOf({ by, latest, as }: OwnerReview, lifting: Lifting): Refusal | null {
  const { context } = lifting;
  if (!isRefusal(latest) || context.machines.machine(by) !== null || context.signers.mayWrite(by) === "no")
    return null;
  const { id: reviewId, submittedAt: at, commitSha } = latest;
  return unlifted({ reviewId, by, at, commitSha, as }, latest, lifting);
}

/** A recorded one, unless the refuser has approved since or it was dismissed by somebody who may lift it. */
function standing({ reviewId, by, at, commitSha, as }: RefusalRecord, lifting: Lifting): Refusal | null {
  const { context } = lifting;
  const latest = context.latestReviews.find((each) => each.by.id === by.id)?.latest;
  const isNewer = latest !== undefined && oldestFirst(latest, { id: reviewId, submittedAt: at }) > 0;
  if (isNewer && !isRefusal(latest)) return null;
  const review = isNewer ? latest : context.snapshot.reviews.find(({ id }) => id === reviewId);
  const refusal = { reviewId, by, at, commitSha, as, formerRight: true } as const;
  return unlifted(refusal, review, lifting);
}

/** What says who may lift a refusal. */
interface Lifting {
  readonly owners: readonly OwnerRef[];
  readonly requirement: Requirement;
  readonly context: EvaluationContext;
}

/** `review` is `undefined` where GitHub no longer shows it, so that nobody is known to have dismissed it. */
function unlifted(refusal: Refusal, review: Review | undefined, lifting: Lifting): Refusal | null {
  if (review?.state !== "dismissed") return refusal;
  const dismisser = review.dismissal?.by ?? null;
  if (dismisser === null) return { ...refusal, dismissedBy: null };
  return mayLift(dismisser, refusal.by, lifting) ? null : { ...refusal, dismissedBy: dismisser };
}

function mayLift(dismisser: Account, refuser: Account, { owners, requirement, context }: Lifting): boolean {
  if (dismisser.id === refuser.id) return true;
  return (
    ineligibility(dismisser, context, requirement) === null &&
    context.signers.owns(owners, dismisser) &&
    context.signers.mayWrite(dismisser) === "yes"
  );
}

/** By the area, or by a path of it: areas and owners may be named otherwise by now. */
function concerns({ area, paths }: RefusalRecord, requirement: Requirement): boolean {
  if (requirement.area === area) return true;
  const known = new Set(paths);
  return requirement.from.paths.some((path) => known.has(path));
}

/** Records for the refusals that count now and were not recorded before, each with the right by which it was given. */
export function newRefusalRecords(
  requirements: readonly RequirementOutcome[],
  { snapshot, signers }: EvaluationContext,
): readonly RefusalRecord[] {
  const keyOf = ({ reviewId, area }: Pick<RefusalRecord, "reviewId" | "area">) => `${reviewId} ${area}`;
  const known = new Set(snapshot.recorded.refusals.map(keyOf));
  const fresh = requirements.flatMap(({ requirement, refusals }) =>
    refusals
      .filter(({ by, formerRight }) => formerRight === undefined && signers.mayWrite(by) === "yes")
      .map(({ reviewId, by, at, commitSha, as }): RefusalRecord => {
        const { area, from } = requirement;
        return { reviewId, by, at, commitSha, as, area, paths: from.paths };
      }),
  );
  const byKey = Map.groupBy(
    fresh.filter((record) => !known.has(keyOf(record))),
    keyOf,
  );
  return [...byKey.values()].map((same) => ({
    ...same[0],
    paths: [...new Set(same.flatMap(({ paths }) => paths))],
  }));
}
