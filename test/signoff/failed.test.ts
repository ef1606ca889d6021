import { expect, test } from "@jest/globals";
import { refusedVerdict } from "../../src/signoff/failed.ts";

test("fails closed when a snapshot could not be read: nothing passes, is asked, labelled or remembered", () => {
  const problem = { code: "github/rejected", message: "GitHub did not answer.", remedy: "Wait." } as const;
  const rated = { ...problem, severity: "warning" };

  expect(refusedVerdict(rated)).toEqual({
    conclusion: "failure",
    problems: [{ ...problem, severity: "error" }],
    provenance: { writer: "unknown", tools: [], evidence: [], commits: [], declarations: [] },
    requirements: [],
    optionalReviews: [],
    ignoredReviews: [],
    contributors: [],
    hazards: [],
    rejectedFalseAlarms: [],
    areas: [],
    labels: { add: [], remove: [] },
    comment: false,
    reviewRequests: { users: [], teams: [] },
    toRecord: {
      approvals: [],
      evidence: [],
      participants: [],
      refusals: [],
      commits: [],
      accounts: [],
      change: null,
    },
  });
});
