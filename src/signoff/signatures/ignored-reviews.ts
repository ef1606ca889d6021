import type { Account } from "../snapshot.ts";
import type { DiscountedReview, RequirementOutcome } from "../verdict.ts";
import {
  accessReason,
  commentSentence,
  dismissedReason,
  machineReason,
  NOBODYS_REVIEW,
  NOT_AN_OWNER,
  type Reason,
  requestedChanges,
} from "../wording/sentences.ts";
import { bar, discount } from "./countersignatures.ts";
import type { Panel } from "./evaluation-context.ts";
import { isRefusal, type Stance, soundsLikeApproval } from "./latest-reviews.ts";

/** Approvals and refusals that count for no requirement, each with the reason; nothing where nothing is required. */
export function uncounted(
  requirements: readonly RequirementOutcome[],
  panel: Panel,
): readonly DiscountedReview[] {
  if (requirements.length === 0) return [];
  const counted = new Set(
    requirements.flatMap(({ countersignatures, refusals }) =>
      [...countersignatures, ...refusals].map(({ by }) => by.id),
    ),
  );
  const explained = new Map(
    requirements.flatMap(({ discounted }) => discounted).map((review) => [review.by?.id, review] as const),
  );
  const people = panel.stances.filter(({ by }) => !counted.has(by.id));
  return [
    ...people.flatMap((stance) => explained.get(stance.by.id) ?? outsider(stance, panel) ?? []),
    ...nobodys(panel),
    ...comments(panel),
  ];
}

/** The stance of somebody who owns nothing that has to be signed. */
function outsider({ by, latest }: Stance, panel: Panel): DiscountedReview | null {
  if (isRefusal(latest)) {
    if (latest.state === "dismissed") return null;
    const reason = unheard(by, panel);
    return { ...discount(by, latest, reason), sentence: requestedChanges(by, reason) };
  }
  if (latest.state === "dismissed") return discount(by, latest, dismissedReason(latest));
  return discount(by, latest, bar(by, panel) ?? NOT_AN_OWNER);
}

/** Why somebody's "no" holds nothing up; having taken part is no reason. */
function unheard(by: Account, { machines, signers, snapshot }: Panel): Reason {
  const machine = machines.machine(by);
  if (machine !== null) return machineReason(machine.kind);
  return signers.mayWrite(by) === "no" ? accessReason(snapshot.authority.permissions[by.id]) : NOT_AN_OWNER;
}

function nobodys({ snapshot }: Panel): readonly DiscountedReview[] {
  return snapshot.reviews
    .filter(({ reviewer, state }) => reviewer === null && state === "approved")
    .map(({ id, submittedAt }) => {
      return { reviewId: id, by: null, at: submittedAt, code: "unknown-account", sentence: NOBODYS_REVIEW };
    });
}

function comments({ snapshot, stances, machines }: Panel): readonly DiscountedReview[] {
  const opinionated = new Set(stances.map(({ by }) => by.id));
  return snapshot.reviews.flatMap((review) => {
    const { id, reviewer, submittedAt } = review;
    if (reviewer === null || opinionated.has(reviewer.id) || !soundsLikeApproval(review)) return [];
    if (machines.machine(reviewer) !== null) return [];
    const sentence = commentSentence(reviewer);
    return [{ reviewId: id, by: reviewer, at: submittedAt, code: "comment", sentence }];
  });
}
