import { describe, expect, test } from "@jest/globals";
import { occasionOf } from "../../src/action/occasion.ts";

const SHA = "a".repeat(40);
const BASE = "b".repeat(40);
const pull = { number: 7, merged: false, head: { sha: SHA } };
const run = (title: string, event = "pull_request_review") => ({
  workflow_run: { event, display_title: title },
});

describe("what a run is for", () => {
  test.each([
    {
      event: "pull_request_target",
      payload: { action: "opened", pull_request: pull },
      occasion: { kind: "pull", number: 7, by: null },
    },
    {
      event: "issue_comment",
      payload: { issue: { number: 7, pull_request: {} }, sender: { id: 1, login: "olga" } },
      occasion: { kind: "pull", number: 7, by: { id: 1, login: "olga" } },
    },
    {
      event: "pull_request_target",
      payload: { action: "closed", pull_request: pull },
      occasion: { kind: "left", headSha: SHA },
    },
    {
      event: "pull_request_target",
      payload: { action: "closed", pull_request: { ...pull, merged: true } },
      occasion: { kind: "nothing", because: "#7 is merged" },
    },
    {
      event: "issue_comment",
      payload: { issue: { number: 7, pull_request: { url: "…" } } },
      occasion: { kind: "pull", number: 7, by: null },
    },
    {
      event: "issue_comment",
      payload: { issue: { number: 7 } },
      occasion: { kind: "nothing", because: "#7 is an issue, not a pull request" },
    },
    { event: "workflow_run", payload: run("countersign 7"), occasion: { kind: "pull", number: 7, by: null } },
    {
      event: "workflow_run",
      payload: run("countersign 7", "push"),
      occasion: { kind: "nothing", because: "the run that ended was for no review" },
    },
    {
      event: "merge_group",
      payload: {
        action: "checks_requested",
        merge_group: { head_sha: SHA, base_sha: BASE, base_ref: "refs/heads/main" },
      },
      occasion: { kind: "group", headSha: SHA, group: { base: "main", baseSha: BASE } },
    },
    { event: "schedule", payload: { schedule: "*/15 * * * *" }, occasion: { kind: "sweep" } },
    {
      event: "workflow_dispatch",
      payload: { ref: "refs/heads/main", repository: { default_branch: "main" } },
      occasion: { kind: "sweep" },
    },
  ])("$event: $occasion", ({ event, payload, occasion }) => {
    expect(occasionOf(event, payload)).toEqual(occasion);
  });

  test.each([
    { event: "pull_request_target", payload: {} },
    { event: "pull_request_target", payload: { action: "opened", pull_request: { ...pull, number: "7" } } },
    { event: "merge_group", payload: { action: "checks_requested", merge_group: { head_sha: "main" } } },
    { event: "workflow_run", payload: null },
  ])("$event that is not as GitHub describes it: $payload", ({ event, payload }) => {
    expect(() => occasionOf(event, payload)).toThrow("the event is not as GitHub describes it");
  });
});
