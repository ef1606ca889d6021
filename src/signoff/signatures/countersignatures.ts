import type { OwnerRef } from "../../ownership/owner.ts";
import type { ScopedRequirement } from "../requirements/requirements.ts";
import type { Account, Review } from "../snapshot.ts";
import type { Countersignature, IgnoredReview, Refusal } from "../verdict.ts";
import {
  accessReason,
  approvalSentence,
  contributorReason,
  dismissedReason,
  machineReason,
  type Reason,
  replacedReason,
  staleReason,
  unidentifiedContributorReason,
} from "../wording/sentences.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { isRefusal, type LatestReview } from "./latest-reviews.ts";

/** Whether somebody may countersign anything here, whatever they own; `null` when they may. */
export function ineligibility(by: Account, { machines, contributors }: EvaluationContext): Reason | null {
  const machine = machines.machine(by);
  if (machine !== null) return machineReason(machine.kind);
  const contributor = contributors.find(by);
  return contributor === undefined ? null : contributorReason(contributor);
}

/** The stance of somebody who has a say, and the owner by whose right they have it. */
export interface OwnerReview extends LatestReview {
  readonly as: OwnerRef;
}

/** What a voice is worth for a demand. */
export function countReview(
  ownerReview: OwnerReview,
  scoped: ScopedRequirement,
  context: EvaluationContext,
): Countersignature | IgnoredReview | null {
  const { by, latest, replaced } = ownerReview;
  if (latest.state === "approved") return countApproval(ownerReview, scoped, context);
  if (!isRefusal(latest)) return ignored(by, latest, dismissedReason(latest));
  return replaced === null ? null : ignored(by, replaced, replacedReason(latest));
}

function countApproval(
  { by, as, latest: review }: OwnerReview,
  scoped: ScopedRequirement,
  context: EvaluationContext,
) {
  const { snapshot, contributors, signers, coverage } = context;
  const { id, submittedAt } = review;
  const ineligible = ineligibility(by, context);
  if (ineligible !== null) return ignored(by, review, ineligible);
  if (signers.mayWrite(by) !== "yes") {
    return ignored(by, review, accessReason(snapshot.authority.permissions[by.id]));
  }
  if (contributors.unknown.length > 0)
    return ignored(by, review, unidentifiedContributorReason(contributors.unknown));
  const covered = coverage(review, scoped.scope);
  if (covered.covers) {
    return { reviewId: id, by, at: submittedAt, headSha: covered.headSha, kept: covered.kept, as };
  }
  const { area } = scoped.requirement;
  return ignored(by, review, staleReason(covered.because, area, snapshot.pullRequest.head.sha));
}

export function ignored(by: Account, { id, submittedAt }: Review, reason: Reason): IgnoredReview {
  return { reviewId: id, by, at: submittedAt, code: reason.code, sentence: approvalSentence(by, reason) };
}

/** An owner's "no" that nobody with authority has lifted. Contributors who own may say no too; machines may not. */
export function refusalOf(
  latestReview: LatestReview,
  owners: readonly OwnerRef[],
  context: EvaluationContext,
): Refusal | null {
  const { by, latest } = latestReview;
  if (!isRefusal(latest) || context.machines.machine(by) !== null || context.signers.mayWrite(by) === "no")
    return null;
  const refusal = { reviewId: latest.id, by, at: latest.submittedAt, commitSha: latest.commitSha };
  if (latest.state !== "dismissed") return refusal;
  const dismisser = latest.dismissal?.by ?? null;
  if (dismisser === null) return { ...refusal, dismissedBy: null };
  return mayLift(dismisser, { by, owners }, context) ? null : { ...refusal, dismissedBy: dismisser };
}

function mayLift(
  dismisser: Account,
  { by, owners }: { readonly by: Account; readonly owners: readonly OwnerRef[] },
  context: EvaluationContext,
): boolean {
  if (dismisser.id === by.id) return true;
  return (
    ineligibility(dismisser, context) === null &&
    context.signers.owns(owners, dismisser) &&
    context.signers.mayWrite(dismisser) === "yes"
  );
}
