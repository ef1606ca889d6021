import type { OwnerRef } from "../../ownership/owner.ts";
import type { ScopedRequirement } from "../requirements/requirements.ts";
import type { Account, RefusalRecord, Review } from "../snapshot.ts";
import type { Refusal, Requirement, RequirementOutcome } from "../verdict.ts";
import { ineligibility, type OwnerReview, rightOver } from "./countersignatures.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { isRefusal, type LatestReview, oldestFirst } from "./latest-reviews.ts";
import { formerOwner } from "./signer-sets.ts";

/**
 * The refusals that hold a requirement up: those of its owners as they are now, and those that were recorded when the
 * refuser had the right to refuse, whatever became of that right or of the account.
 */
export function refusalsOf(
  scoped: ScopedRequirement,
  reviews: readonly OwnerReview[],
  context: EvaluationContext,
): readonly Refusal[] {
  const { requirement } = scoped;
  const lifting = { ...rightOver(scoped), requirement, context };
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
function refusalOf(ownerReview: OwnerReview, lifting: Lifting): Refusal | null {
  const { by, latest, earlier, as } = ownerReview;
  const { context } = lifting;
  if (context.machines.machine(by) !== null || context.signers.mayWrite(by) === "no") return null;
  const review = isRefusal(latest) ? latest : earlier.findLast(isRefusal);
  if (review === undefined || isTakenBack(review, ownerReview, lifting)) return null;
  const { id: reviewId, submittedAt: at, commitSha } = review;
  const refusal = { reviewId, by, at, commitSha, as };
  return unlifted(review === latest ? refusal : { ...refusal, unsigned: "approval" }, review, lifting);
}

/** Whether somebody has said yes since: with their passkey, where that is asked for, whatever was pushed after it. */
function isTakenBack(
  refusal: Parameters<typeof oldestFirst>[0],
  { by, latest, earlier }: Omit<LatestReview, "replaced">,
  { requirement, owners, context: { passkeys } }: Lifting,
): boolean {
  const since = [...earlier, latest].filter((each) => oldestFirst(each, refusal) > 0 && !isRefusal(each));
  if (since.length === 0 || requirement.passkey !== true) return since.length > 0;
  return since.some((review) => {
    const decision = { kind: "countersign", reviewId: review.id } as const;
    const wanted = { by, decision, owners };
    return review.state === "approved" ? passkeys.isSigned(wanted) : passkeys.wasSigned(wanted);
  });
}

/** A recorded one, unless the refuser has approved since or it was dismissed by somebody who may lift it. */
function standing({ reviewId, by, at, commitSha, as }: RefusalRecord, lifting: Lifting): Refusal | null {
  const { context } = lifting;
  const latest = context.latestReviews.find((each) => each.by.id === by.id);
  const given = { id: reviewId, submittedAt: at };
  const isNewer = latest !== undefined && oldestFirst(latest.latest, given) > 0;
  const isRepeated = isNewer && isRefusal(latest.latest);
  if (isNewer && !isRepeated && isTakenBack(given, latest, lifting)) return null;
  const review = isRepeated ? latest.latest : context.snapshot.reviews.find(({ id }) => id === reviewId);
  const refusal = { reviewId, by, at, commitSha, as, formerRight: true } as const;
  return unlifted(isNewer && !isRepeated ? { ...refusal, unsigned: "approval" } : refusal, review, lifting);
}

/** What says who may lift a refusal. */
interface Lifting extends ReturnType<typeof rightOver> {
  readonly requirement: Requirement;
  readonly context: EvaluationContext;
}

/** `review` is `undefined` where GitHub no longer shows it, so that nobody is known to have dismissed it. */
function unlifted(refusal: Refusal, review: Review | undefined, lifting: Lifting): Refusal | null {
  if (review?.state !== "dismissed") return refusal;
  const dismisser = review.dismissal?.by ?? null;
  if (dismisser === null) return { ...refusal, dismissedBy: null };
  if (!mayLift(dismisser, refusal.by, lifting)) return { ...refusal, dismissedBy: dismisser };
  return isDismissalSigned(dismisser, refusal, lifting)
    ? null
    : { ...refusal, dismissedBy: dismisser, unsigned: "dismissal" };
}

function isDismissalSigned(
  by: Account,
  { reviewId }: Refusal,
  { requirement, owners, over, context }: Lifting,
): boolean {
  const decision = { kind: "dismiss", reviewId } as const;
  return requirement.passkey !== true || context.passkeys.isSigned({ by, decision, owners, over });
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
