import type { ReviewAnswer } from "../people/reviews.ts";
import type { PullRequestData } from "../pull-request-data.ts";

/**
 * What GitHub tells of a pull request without what came after the merge. Reviews stay, and so do dismissals of them:
 * both bear their time, and whether somebody approved afterwards is asked.
 */
export function asOfMerge(data: PullRequestData, mergedAt: string): PullRequestData {
  const until = Date.parse(mergedAt);
  const before = ({ createdAt }: { readonly createdAt: string }) => Date.parse(createdAt) <= until;
  const { pages, pullRequest } = data;
  const { timelineItems, reviews } = pages;
  const { comments, labels } = pullRequest;
  const added = timelineItems.nodes.filter((item) => item.__typename === "LabeledEvent");
  const borneThen = ({ name }: { readonly name: string }) => {
    const own = added.filter(({ label }) => label.name === name);
    return own.length === 0 || own.some(before);
  };
  return {
    ...data,
    pullRequest: {
      ...pullRequest,
      comments: { ...comments, nodes: comments.nodes.filter(before) },
      labels: labels && { nodes: labels.nodes.filter(borneThen) },
    },
    pages: {
      ...pages,
      timelineItems: {
        ...timelineItems,
        nodes: timelineItems.nodes.filter(
          (item) => item.__typename === "ReviewDismissedEvent" || before(item),
        ),
      },
      reviews: {
        ...reviews,
        nodes: reviews.nodes.map((review) => ({
          ...review,
          comments: { ...review.comments, nodes: review.comments.nodes.filter(before) },
        })),
      },
    },
  };
}

/** Reviews that were given by then. */
export function givenBy(reviews: readonly ReviewAnswer[], mergedAt: string): readonly ReviewAnswer[] {
  return reviews.filter(
    ({ submittedAt }) => submittedAt !== null && Date.parse(submittedAt) <= Date.parse(mergedAt),
  );
}
