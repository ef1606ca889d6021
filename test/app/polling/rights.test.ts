import { expect, test } from "@jest/globals";
import { EVENTS } from "../../../src/app/intake/events.ts";
import { needsRights } from "../../../src/app/polling/rights.ts";

const of = (event: string, action: string | null = null) => {
  const where = { id: "1", guid: "1", delivered_at: "2026-01-01T00:00:00Z", status_code: 0 };
  return needsRights({ ...where, event, action, installation_id: 7, repository_id: 70 });
};

// Whoever has another event acted upon says here, or in the table, whether strangers can cause it without end.
test("of the events that are acted upon, strangers can cause these, and no other", () => {
  expect(
    Object.keys(EVENTS)
      .filter((event) => !of(event))
      .toSorted(),
  ).toEqual([
    ...["check_run", "check_suite", "issue_comment", "issues", "pull_request"],
    ...["pull_request_review", "pull_request_review_comment"],
  ]);
});

test("a dismissal takes rights, another review does not", () => {
  expect([of("pull_request_review", "dismissed"), of("pull_request_review", "submitted")]).toEqual([
    true,
    false,
  ]);
});
