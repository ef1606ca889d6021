import type { Account, Review } from "../snapshot.ts";

/** What one person says now: their latest opinionated review, and an older approval that it replaced. */
export interface LatestReview {
  readonly by: Account;
  readonly latest: Review;
  readonly replaced: Review | null;
  /** Their opinions before it, oldest first. */
  readonly earlier: readonly Review[];
}

/** Comments say nothing, before or after an opinion. One stance for each account, in order of id. */
export function latestReviews(reviews: readonly Review[]): readonly LatestReview[] {
  const byAccount = Map.groupBy(reviews.filter(isOpinion), ({ reviewer }) => reviewer?.id);
  return [...byAccount.values()]
    .flatMap((all) => {
      const inOrder = all.toSorted(oldestFirst);
      const latest = inOrder.at(-1);
      if (!latest?.reviewer) return [];
      const approvals = inOrder.filter((review) => review.state === "approved" && review !== latest);
      return [
        { by: latest.reviewer, latest, replaced: approvals.at(-1) ?? null, earlier: inOrder.slice(0, -1) },
      ];
    })
    .toSorted((one, other) => one.by.id - other.by.id);
}

/** A dismissed review whose former state nobody knows may have been a refusal, so it is read as one. */
export function isRefusal({ state, dismissal }: Review): boolean {
  if (state !== "dismissed") return state === "changes_requested";
  return dismissal === undefined || dismissal.previously === "changes_requested";
}

function isOpinion({ state, dismissal }: Review): boolean {
  return state !== "commented" && dismissal?.previously !== "commented";
}

type ReviewTime = Pick<Review, "id" | "submittedAt">;

/** Reviews in the order they were submitted. GitHub tells seconds only, so ids, which grow, decide between equals. */
export function oldestFirst(one: ReviewTime, other: ReviewTime): number {
  return Date.parse(one.submittedAt) - Date.parse(other.submittedAt) || one.id - other.id;
}

const APPROVING_WORDS = /^\s*(?:lgtm|approved?|ship it|:\+1:|👍|:shipit:|looks good)/iu;

/** A comment that a reader could take for an approval. */
export function soundsLikeApproval({ state, body }: Review): boolean {
  return state === "commented" && APPROVING_WORDS.test(body);
}
