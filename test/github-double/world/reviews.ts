import type { Account, Pull, Review, ReviewState } from "./model.ts";
import { atLeast, permissionIn } from "./permissions.ts";
import { Refused } from "./refused.ts";
import type { State } from "./state.ts";

/** Reviews and their dismissal. */
export function reviews(state: State) {
  return {
    review(pull: Pull, by: Account, verdict: Exclude<ReviewState, "DISMISSED">, body = ""): Review {
      if (pull.author === by && verdict !== "COMMENTED") {
        const what = verdict === "APPROVED" ? "approve" : "request changes on";
        throw new Refused(422, "Unprocessable Entity", [`Review Can not ${what} your own pull request`]);
      }
      const review: Review = {
        id: state.nextId(),
        author: by,
        state: verdict,
        body,
        commitSha: pull.headSha,
        submittedAt: state.now(),
        lastEditedAt: null,
      };
      pull.reviews.push(review);
      pull.requested.delete(by);
      pull.updatedAt = review.submittedAt;
      state.announce({ event: "pull_request_review", action: "submitted", pull, review, sender: by });
      return review;
    },

    editReview(pull: Pull, review: Review, body: string): void {
      review.body = body;
      review.lastEditedAt = state.now();
      state.announce({ event: "pull_request_review", action: "edited", pull, review, sender: review.author });
    },

    dismiss(pull: Pull, review: Review, by: Account, message: string): void {
      if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED")
        throw new Refused(422, "Unprocessable Entity", ["Can not dismiss a commented pull request review"]);
      const previously = review.state;
      review.state = "DISMISSED";
      pull.timeline.push({
        id: state.nextId(),
        at: state.now(),
        actor: by,
        type: "review_dismissed",
        review,
        previously,
        message,
      });
      state.announce({ event: "pull_request_review", action: "dismissed", pull, review, sender: by });
    },

    /** GitHub moves the commit of reviews to the new head after some force-pushes, without a word. */
    reanchorReviews(pull: Pull): void {
      for (const review of pull.reviews) review.commitSha = pull.headSha;
    },
  };
}

/** The newest approval, refusal or dismissal of each person, by the order they were given. */
export function latestOpinionated(
  pull: Pull,
  { writersOnly }: { readonly writersOnly: boolean },
): readonly Review[] {
  const latest = new Map<Account, Review>();
  for (const review of pull.reviews) if (review.state !== "COMMENTED") latest.set(review.author, review);
  return [...latest.values()].filter(
    (review) => !writersOnly || atLeast(permissionIn(pull.repo, review.author), "write"),
  );
}
