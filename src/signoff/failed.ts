import type { Problem } from "../policy/problem.ts";
import { NOBODY_ASKED } from "./effects/ask.ts";
import { LABELS_AS_THEY_ARE } from "./effects/labels.ts";
import type { PullRequestProvenance, Verdict } from "./verdict.ts";

const NOT_READ: PullRequestProvenance = {
  writer: "unknown",
  tools: [],
  evidence: [],
  commits: [],
  declarations: [],
};

/** Nothing was judged: nothing passes, nobody is asked, no label is touched, nothing is remembered. */
export const NOT_JUDGED: Omit<Verdict, "problems"> = {
  conclusion: "failure",
  provenance: NOT_READ,
  requirements: [],
  optionalReviews: [],
  ignoredReviews: [],
  contributors: [],
  hazards: [],
  rejectedFalseAlarms: [],
  areas: [],
  labels: LABELS_AS_THEY_ARE,
  comment: false,
  reviewRequests: NOBODY_ASKED,
  toRecord: {
    approvals: [],
    evidence: [],
    participants: [],
    refusals: [],
    commits: [],
    accounts: [],
    change: null,
  },
};

/** The verdict on a pull request whose snapshot could not be read, however that was rated. */
export function refusedVerdict(problem: Omit<Problem, "severity">): Verdict {
  return { ...NOT_JUDGED, problems: [{ ...problem, severity: "error" }] };
}
