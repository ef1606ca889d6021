import type { OwnerRef } from "../../ownership/owner.ts";
import type { Demand } from "../requirements/requirements.ts";
import type { Account, Review } from "../snapshot.ts";
import type { Countersignature, DiscountedReview, Refusal } from "../verdict.ts";
import {
  accessReason,
  approved,
  contributorReason,
  dismissedReason,
  impostorReason,
  machineReason,
  type Reason,
  replacedReason,
  staleReason,
} from "../wording/sentences.ts";
import type { Panel } from "./evaluation-context.ts";
import { isRefusal, type Stance } from "./latest-reviews.ts";

/** Whether somebody may countersign anything here, whatever they own; `null` when they may. */
export function bar(by: Account, { machines, contributors }: Panel): Reason | null {
  const machine = machines.machine(by);
  if (machine !== null) return machineReason(machine.kind);
  const contributor = contributors.find(by);
  return contributor === undefined ? null : contributorReason(contributor);
}

/** The stance of somebody who has a say, and the owner by whose right they have it. */
export interface Voice extends Stance {
  readonly as: OwnerRef;
}

/** What a voice is worth for a demand. */
export function weigh(
  voice: Voice,
  demand: Demand,
  panel: Panel,
): Countersignature | DiscountedReview | null {
  const { by, latest, replaced } = voice;
  if (latest.state === "approved") return weighApproval(voice, demand, panel);
  if (!isRefusal(latest)) return discount(by, latest, dismissedReason(latest));
  return replaced === null ? null : discount(by, replaced, replacedReason(latest));
}

function weighApproval({ by, as, latest: review }: Voice, demand: Demand, panel: Panel) {
  const { snapshot, contributors, signers, coverage } = panel;
  const { id, submittedAt } = review;
  const barred = bar(by, panel);
  if (barred !== null) return discount(by, review, barred);
  if (signers.mayWrite(by) !== "yes") {
    return discount(by, review, accessReason(snapshot.authority.permissions[by.id]));
  }
  if (contributors.unknown.length > 0) return discount(by, review, impostorReason(contributors.unknown));
  const covered = coverage(review, demand.scope);
  if (covered.covers) {
    return { reviewId: id, by, at: submittedAt, headSha: covered.headSha, kept: covered.kept, as };
  }
  const { area } = demand.requirement;
  return discount(by, review, staleReason(covered.because, area, snapshot.pullRequest.head.sha));
}

export function discount(by: Account, { id, submittedAt }: Review, reason: Reason): DiscountedReview {
  return { reviewId: id, by, at: submittedAt, code: reason.code, sentence: approved(by, reason) };
}

/** An owner's "no" that nobody with authority has lifted. Contributors who own may say no too; machines may not. */
export function refusalOf(stance: Stance, owners: readonly OwnerRef[], panel: Panel): Refusal | null {
  const { by, latest } = stance;
  if (!isRefusal(latest) || panel.machines.machine(by) !== null || panel.signers.mayWrite(by) === "no")
    return null;
  const refusal = { reviewId: latest.id, by, at: latest.submittedAt, commitSha: latest.commitSha };
  if (latest.state !== "dismissed") return refusal;
  const dismisser = latest.dismissal?.by ?? null;
  if (dismisser === null) return { ...refusal, dismissedBy: null };
  return mayLift(dismisser, { by, owners }, panel) ? null : { ...refusal, dismissedBy: dismisser };
}

function mayLift(
  dismisser: Account,
  { by, owners }: { readonly by: Account; readonly owners: readonly OwnerRef[] },
  panel: Panel,
): boolean {
  if (dismisser.id === by.id) return true;
  return (
    bar(dismisser, panel) === null &&
    panel.signers.owns(owners, dismisser) &&
    panel.signers.mayWrite(dismisser) === "yes"
  );
}
