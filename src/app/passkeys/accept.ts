import type { Decision } from "../../signoff/passkey-facts.ts";
import type { FollowUpState } from "../../store/follow-up.ts";
import type { RepositoryRef } from "../../store/repository.ts";

/** Where signatures of acceptances are kept: at the issue, or at the pull request where there is none. */
export function numberOf({ issue, followUp }: Pick<FollowUpState, "issue" | "followUp">): number {
  return issue ?? followUp.pull ?? 0;
}

/** What somebody signs who accepts it: by a comment, or `null` for an approval of what was merged. */
export function acceptDecision(
  { repositoryId: repository }: RepositoryRef,
  state: FollowUpState,
  commentId: number | null,
): Extract<Decision, { readonly kind: "accept" }> {
  const { commitSha } = state.followUp;
  return { kind: "accept", repository, number: numberOf(state), commitSha, commentId };
}
