import { type Account, isTeam, type Pull, type Review, type ReviewState } from "./model.ts";
import { atLeast, isMember, permissionIn } from "./permissions.ts";
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
        editor: null,
        comments: [],
      };
      pull.reviews.push(review);
      // A review answers the request to its author and those to the author's teams.
      for (const who of pull.requested)
        if (who === by || (isTeam(who) && isMember(who, by))) pull.requested.delete(who);
      pull.updatedAt = review.submittedAt;
      state.announce({ event: "pull_request_review", action: "submitted", pull, review, sender: by });
      return review;
    },

    /** `by` is its author or somebody with write access. */
    editReview(pull: Pull, review: Review, given: { readonly body: string; readonly by: Account }): void {
      review.body = given.body;
      review.editor = given.by;
      review.lastEditedAt = state.now();
      state.announce({ event: "pull_request_review", action: "edited", pull, review, sender: given.by });
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
