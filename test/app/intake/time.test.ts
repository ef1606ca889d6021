import { describe, expect, test } from "@jest/globals";
import { interpret } from "../../../src/app/intake/events.ts";

const kira = { login: "kira", id: 1, type: "User" };
const olga = { login: "olga", id: 2, type: "User" };
const sam = { login: "sam", id: 3, type: "User" };
const common = {
  installation: { id: 7 },
  repository: { id: 70, name: "shop", default_branch: "main", owner: { login: "acme" } },
  sender: kira,
};
const pull = (given: object = {}) => ({
  ...{ number: 3, head: { sha: "a".repeat(40) }, user: kira, state: "open", draft: false },
  ...{ requested_reviewers: [olga, sam], ...given },
});
const { requested_reviewers: _, ...untold } = pull();

const timeIn = (event: string, payload: object) =>
  interpret({ event, payload: { ...common, ...payload }, self: null }).news.time;

const WAITS = { pull: 3, waitsFor: [2, 3] };

describe("what a delivery tells of people's time", () => {
  test.each([
    ["who is asked now", "pull_request", { action: "review_requested", pull_request: pull() }, WAITS],
    [
      "that nobody is any more",
      "pull_request",
      { action: "review_request_removed", pull_request: pull({ requested_reviewers: [] }) },
      { pull: 3, waitsFor: [] },
    ],
    [
      "that nobody has to look at a draft",
      "pull_request",
      { action: "converted_to_draft", pull_request: pull({ draft: true }) },
      { pull: 3, waitsFor: [] },
    ],
    ["a push", "pull_request", { action: "synchronize", pull_request: pull() }, { ...WAITS, active: true }],
    [
      "a push, where it does not say who is asked",
      "pull_request",
      { action: "synchronize", pull_request: untold },
      { pull: 3, active: true },
    ],
    [
      "that it was closed",
      "pull_request",
      { action: "closed", pull_request: pull({ state: "closed" }) },
      { pull: 3, closed: true },
    ],
    [
      "that whoever reviewed is not waited for",
      "pull_request_review",
      { action: "submitted", pull_request: pull(), review: { id: 1, state: "commented", user: olga } },
      { pull: 3, waitsFor: [3] },
    ],
    [
      "a review by its author",
      "pull_request_review",
      { action: "submitted", pull_request: pull(), review: { id: 1, state: "commented", user: kira } },
      { ...WAITS, active: true },
    ],
    [
      "a reply of its author",
      "issue_comment",
      {
        action: "created",
        issue: { number: 3, user: kira, pull_request: {} },
        comment: { id: 1, user: kira },
      },
      { pull: 3, active: true },
    ],
  ])("%s", (_, event, payload, heard) => {
    expect(timeIn(event, payload)).toEqual([heard]);
  });

  test("that it was opened again: so it was closed, whether or not that was heard", () => {
    expect(timeIn("pull_request", { action: "reopened", pull_request: pull() })).toEqual([
      { pull: 3, closed: true },
      { ...WAITS, active: true },
    ]);
  });

  test.each([
    [
      "a comment of somebody else",
      "issue_comment",
      {
        action: "created",
        issue: { number: 3, user: kira, pull_request: {} },
        comment: { id: 1, user: olga },
      },
    ],
    [
      "a comment that is gone",
      "issue_comment",
      {
        action: "deleted",
        issue: { number: 3, user: kira, pull_request: {} },
        comment: { id: 1, user: kira },
      },
    ],
    [
      "a comment on an issue",
      "issue_comment",
      { action: "created", issue: { number: 3, user: kira }, comment: { id: 1, user: kira } },
    ],
    [
      "a label, where it does not say who is asked",
      "pull_request",
      { action: "labeled", pull_request: untold },
    ],
  ])("nothing: %s", (_, event, payload) => {
    expect(timeIn(event, payload)).toBeUndefined();
  });
});
