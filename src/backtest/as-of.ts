import type { Review, Snapshot } from "../signoff/snapshot.ts";

/** The snapshot with the reviews as they stood at a moment: none that was given later, none dismissed later. */
export function asOf(snapshot: Snapshot, moment: string): Snapshot {
  const until = Date.parse(moment);
  const isGiven = ({ submittedAt }: Review) => Date.parse(submittedAt) <= until;
  return {
    ...snapshot,
    now: moment,
    reviews: snapshot.reviews.filter(isGiven).map((review) => undismissed(review, until)),
  };
}

function undismissed({ dismissal, ...review }: Review, until: number): Review {
  if (dismissal === undefined) return review;
  if (Date.parse(dismissal.at) <= until) return { ...review, dismissal };
  return { ...review, state: dismissal.previously };
}
