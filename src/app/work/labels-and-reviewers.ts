import type { LabelsAndReviewers } from "../../github/writing/write.ts";
import type { JudgedPull } from "./judge-head.ts";

/** What a pull request is to bear by its verdict; `null` where it could not be read. */
export function labelsAndReviewersOf({
  pull,
  verdict,
  snapshot,
  ids,
}: JudgedPull): LabelsAndReviewers | null {
  if (snapshot === null || ids === null) return null;
  const { labels: current, requestedReviewers } = snapshot.pullRequest;
  const reviewers = { wanted: verdict.reviewRequests, current: requestedReviewers };
  return { pull, ids, labels: { ...verdict.labels, current }, reviewers };
}
