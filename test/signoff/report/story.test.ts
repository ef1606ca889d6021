import { expect, test } from "@jest/globals";
import { approval, dora, kira, olga, reviewBot, verdict } from "../build.ts";

test("Kiro's change to production waits for an owner", () => {
  const { conclusion, requirements, labels, reviewRequests } = verdict();

  expect(conclusion).toBe("action_required");
  expect(requirements).toMatchObject([
    { status: "waiting", canSign: [{ login: "olga" }, { login: "sven" }] },
  ]);
  expect(labels.add).toEqual(["ai-authored", "production", "needs-countersign"]);
  expect(reviewRequests).toEqual({ users: ["olga"], teams: [] });
});

test.each([
  { who: "the person who asked Kiro", reviewer: kira, code: "requester" },
  { who: "an AI reviewer", reviewer: reviewBot, code: "agent" },
  { who: "an owner of another area", reviewer: dora, code: "not-owner" },
])("an approval by $who does not count", ({ reviewer, code }) => {
  const { conclusion, ignoredReviews } = verdict({ reviews: [approval(reviewer)] });

  expect(conclusion).toBe("action_required");
  expect(ignoredReviews).toMatchObject([{ code }]);
});

test("the right owner countersigns", () => {
  const { conclusion, labels, reviewRequests } = verdict({ reviews: [approval(olga)] });

  expect(conclusion).toBe("success");
  expect(labels).toEqual({ add: ["ai-authored", "production"], remove: ["needs-countersign"] });
  expect(reviewRequests).toEqual({ users: [], teams: [] });
});
