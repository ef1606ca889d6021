import type { OwnerRef } from "../../ownership/owner.ts";
import { REVIEW, type ScopedRequirement } from "../requirements/requirements.ts";
import type { Account, Review } from "../snapshot.ts";
import type { ReviewRequest } from "../time-facts.ts";
import type { Pace } from "../time-verdict.ts";
import type { CountedPasskey, Countersignature, IgnoredReview, Requirement } from "../verdict.ts";
import {
  accessReason,
  approvalSentence,
  contributorReason,
  dismissedReason,
  fastReason,
  machineReason,
  NAMESAKE,
  passkeyReason,
  type Reason,
  replacedReason,
  staleReason,
  unidentifiedContributorReason,
} from "../wording/sentences.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { isRefusal, type LatestReview } from "./latest-reviews.ts";

/** Why somebody may not countersign, whatever they own: nothing at all, or not for this; `null` when they may. */
export function ineligibility(
  by: Account,
  { machines, contributors }: EvaluationContext,
  requirement?: Pick<Requirement, "area" | "from">,
): Reason | null {
  const machine = machines.machine(by);
  if (machine !== null) return machineReason(machine.kind);
  const contributor = contributors.find(by, requirement);
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
  const { snapshot, contributors, signers, coverage, fastApprovals } = context;
  const { id, submittedAt } = review;
  const ineligible = ineligibility(by, context, scoped.requirement);
  if (ineligible !== null) return ignored(by, review, ineligible);
  if (signers.isNamesake(as, by)) return ignored(by, review, NAMESAKE);
  if (signers.mayWrite(by) !== "yes") {
    return ignored(by, review, accessReason(snapshot.authority.permissions[by.id]));
  }
  if (contributors.unknown.length > 0)
    return ignored(by, review, unidentifiedContributorReason(contributors.unknown));
  const covered = coverage(review, scoped.scope);
  if (covered.covers) {
    const fast = fastApprovals === "ask" ? paceOf({ by, review }, scoped.requirement, context) : null;
    if (fast !== null) return ignored(by, review, fastReason(fast));
    const passkey = confirmation({ by, review }, scoped, context);
    if (passkey === null) return ignored(by, review, passkeyReason(snapshot.passkeys));
    const given = { reviewId: id, by, at: submittedAt, headSha: covered.headSha, kept: covered.kept, as };
    return passkey === "none-asked" ? given : { ...given, passkey };
  }
  const { area } = scoped.requirement;
  return ignored(by, review, staleReason(covered.because, area, snapshot.pullRequest.head.sha));
}

/** The passkey that came with an approval, where one is asked for; `null` where it did not come. */
function confirmation(
  { by, review }: { readonly by: Account; readonly review: Review },
  scoped: ScopedRequirement,
  { passkeys }: EvaluationContext,
): CountedPasskey | "none-asked" | null {
  const decision = { kind: "countersign", reviewId: review.id } as const;
  return passkeys.asks(scoped) ? passkeys.given({ by, decision, ...rightOver(scoped) }) : "none-asked";
}

/** By right of whom somebody signs for a requirement, and what they sign. */
export function rightOver({ requirement, scope }: Pick<ScopedRequirement, "requirement" | "scope">) {
  return { owners: [...requirement.from.owners, ...requirement.senior], over: scope };
}

/** How many of these signatures came faster than anybody reads, where that is shown. */
export function fastAmong(
  signatures: readonly Countersignature[],
  requirement: Requirement,
  context: EvaluationContext,
): number {
  if (context.fastApprovals !== "show") return 0;
  const reviews = new Map(context.snapshot.reviews.map((review) => [review.id, review]));
  return signatures.filter(({ by, reviewId }) => {
    const review = reviews.get(reviewId);
    const pace = review === undefined ? null : paceOf({ by, review }, requirement, context);
    return pace !== null && !pace.isUntold;
  }).length;
}

/** The pace of an approval for an area or a hazard, where it was faster than anybody reads or cannot be told. */
function paceOf(
  { by, review }: { readonly by: Account; readonly review: Review },
  requirement: Requirement,
  { snapshot, signers, timing }: EvaluationContext,
): Pace | null {
  if (requirement.area === REVIEW) return null;
  const { owner: org } = snapshot.repository;
  const isAsked = ({ kind, name }: ReviewRequest) =>
    kind === "user"
      ? name.toLowerCase() === by.login.toLowerCase()
      : signers.owns([{ kind, org, slug: name }], by);
  return timing.pace({ review, by, isAsked }, requirement);
}

export function ignored(by: Account, { id, submittedAt }: Review, reason: Reason): IgnoredReview {
  return { reviewId: id, by, at: submittedAt, code: reason.code, sentence: approvalSentence(by, reason) };
}
