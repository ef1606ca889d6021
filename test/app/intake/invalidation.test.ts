import { describe, expect, test } from "@jest/globals";
import { interpret } from "../../../src/app/intake/events.ts";
import type { Invalidation } from "../../../src/store/passes.ts";

const sha = "a".repeat(40);
const common = {
  installation: { id: 7 },
  repository: { id: 70, name: "shop", default_branch: "main", owner: { login: "acme" } },
  sender: { id: 5, login: "kira", type: "User" },
};
const pull_request = { number: 3, head: { sha } };
const olga = { id: 11, login: "olga", type: "User" };
const issue = { number: 3, pull_request: {} };

const invalidationOf = (event: string, payload: object): Invalidation | undefined =>
  interpret({ event, payload: { ...common, ...payload }, self: null }).news.invalidation;

describe("what can make a verdict stricter puts facts in doubt", () => {
  test.each<readonly [why: string, event: string, payload: object, facts: readonly string[]]>([
    [
      "opened: its head may pass by laxer rules",
      "pull_request",
      { action: "opened", pull_request },
      [`head/70/${sha}`],
    ],
    [
      "reopened: nobody followed it while it was closed",
      "pull_request",
      { action: "reopened", pull_request },
      ["pull/70/3", `head/70/${sha}`],
    ],
    [
      "pushed back to a head that may have passed before others took part",
      "pull_request",
      { action: "synchronize", pull_request },
      [`head/70/${sha}`],
    ],
    [
      "C19 closed: nothing open may rest on it",
      "pull_request",
      { action: "closed", pull_request },
      ["pull/70/3"],
    ],
    [
      "retargeted: its head may pass by laxer rules",
      "pull_request",
      { action: "edited", pull_request, changes: { base: {} } },
      ["pull/70/3", `head/70/${sha}`],
    ],
    [
      "retargeted and more",
      "pull_request",
      { action: "edited", pull_request, changes: { base: 1, owner: 2 } },
      ["pull/70/3", `head/70/${sha}`],
    ],
    [
      "another base governs",
      "pull_request",
      { action: "stacked", pull_request },
      ["pull/70/3", `head/70/${sha}`],
    ],
    [
      "another base governs",
      "pull_request",
      { action: "unstacked", pull_request },
      ["pull/70/3", `head/70/${sha}`],
    ],
    [
      "a countersignature is dismissed",
      "pull_request_review",
      { action: "dismissed", pull_request, review: { id: 9, state: "dismissed" } },
      ["review/70/9"],
    ],
    [
      "a countersignature is dismissed, and an earlier one of the same person is none any more",
      "pull_request_review",
      { action: "dismissed", pull_request, review: { id: 9, state: "dismissed", user: olga } },
      ["review/70/9", "pull-signer/70/3/11"],
    ],
    [
      "its text may have held an answer",
      "pull_request_review",
      { action: "edited", pull_request, review: { id: 9, state: "approved" } },
      ["review/70/9"],
    ],
    [
      "a signer starts an agent",
      "issue_comment",
      { action: "created", issue, comment: { body: "@claude fix the tests", user: olga } },
      ["pull-signer/70/3/11"],
    ],
    ["other rules", "push", { ref: "refs/heads/main", forced: true, commits: [] }, ["repository/70"]],
    ["other owners", "push", { ref: "refs/heads/release", forced: true, commits: [] }, ["branch/70/release"]],
    ...[["CLAUDE.md"], [".github"], ["app/.claude"]].map(
      (added) =>
        [
          "what may be a link",
          "push",
          { ref: "refs/heads/main", commits: [{ id: "a".repeat(40), added, modified: [], removed: [] }] },
          ["repository/70"],
        ] as const,
    ),
    [
      "another floor",
      "push",
      { repository: { ...common.repository, name: ".github" }, ref: "refs/heads/main", forced: true },
      ["installation/7"],
    ],
    [
      "another policy",
      "repository",
      { action: "edited", changes: { default_branch: {} } },
      ["repository/70", "people/7"],
    ],
    ["teams of another owner", "repository", { action: "transferred" }, ["repository/70", "people/7"]],
    [
      "who signed may be nobody now",
      "membership",
      { action: "removed", member: olga },
      ["people/7", "signer/7/11"],
    ],
    ["of whom it is not told", "membership", { action: "removed" }, ["people/7", "signatures/7"]],
    [
      "who signed left",
      "organization",
      { action: "member_removed", membership: { user: olga } },
      ["people/7", "signer/7/11"],
    ],
    ["the team signed", "team", { action: "deleted" }, ["people/7", "teams/7"]],
    [
      "the team signed here",
      "team",
      { action: "removed_from_repository" },
      ["people/7", "repository-teams/70"],
    ],
    ["nothing was heard meanwhile", "installation", { action: "unsuspend" }, ["people/7", "installation/7"]],
    [
      "nothing was heard before",
      "installation",
      { action: "created", repositories: [{ id: 70, full_name: "acme/shop" }] },
      ["repository/70"],
    ],
  ])("%s: %s %j", (_, event, payload, facts) => {
    expect(invalidationOf(event, payload)).toEqual({ facts });
  });

  test.each([["No.\n/countersign withdraw"], ["/countersign  withdraw"]])(
    "somebody ends an override: it is looked up first whether they may write: %j",
    (body) => {
      const comment = { body, user: olga };
      expect(invalidationOf("issue_comment", { action: "created", issue, comment })).toEqual({
        facts: ["override/70/3"],
        onlyIf: { account: olga.id, login: olga.login },
      });
    },
  );

  test.each([
    ["opened", {}],
    ["reopened", {}],
    ["synchronize", {}],
    ["edited", { changes: { base: {} } }],
  ])("E35 what a person opens does unless it passed there and they may not write: %s", (action, more) => {
    const opened = { ...pull_request, user: olga, base: { ref: "main" } };
    expect(
      invalidationOf("pull_request", { action, sender: olga, pull_request: opened, ...more }),
    ).toMatchObject({
      facts: expect.arrayContaining([`head/70/${sha}`]),
      onlyIf: { account: 11, login: "olga", opened: { pull: pull_request.number, into: "main" } },
    });
  });

  test("what somebody else opened again is theirs to answer for", () => {
    const opened = {
      ...pull_request,
      user: { id: 66, login: "mallory", type: "User" },
      base: { ref: "main" },
    };
    expect(
      invalidationOf("pull_request", { action: "reopened", sender: olga, pull_request: opened }),
    ).toMatchObject({ onlyIf: { account: 11, login: "olga" } });
  });

  test("what a machine opens does in any case", () => {
    const opened = { ...pull_request, user: { ...olga, type: "Bot" }, base: { ref: "main" } };
    expect(invalidationOf("pull_request", { action: "opened", pull_request: opened })).toEqual({
      facts: [`head/70/${sha}`],
    });
  });

  test("E35 a refusal does if the refuser may write, which is looked up", () => {
    const review = { id: 9, state: "changes_requested", user: olga };
    expect(invalidationOf("pull_request_review", { action: "submitted", pull_request, review })).toEqual({
      facts: ["refuser/70/3/11", "refusers/70/3"],
      onlyIf: { account: 11, login: "olga" },
      // That somebody has the right to it may be heard later.
      also: { where: "refusable/70/3", facts: ["refused/7", "refused/7/11"] },
    });
  });
});

describe("E35 what cannot make a verdict stricter puts nothing in doubt", () => {
  test.each<readonly [why: string, event: string, payload: object]>([
    [
      "an approval",
      "pull_request_review",
      { action: "submitted", pull_request, review: { id: 9, state: "approved", user: olga } },
    ],
    ["a comment", "issue_comment", { action: "created", issue, comment: { body: "Looks odd.", user: olga } }],
    [
      "an agent that is named",
      "issue_comment",
      { action: "created", issue, comment: { body: "cc @claude", user: olga } },
    ],
    [
      "a machine's refusal",
      "pull_request_review",
      {
        action: "submitted",
        pull_request,
        review: { id: 9, state: "changes_requested", user: { ...olga, type: "Bot" } },
      },
    ],
    ["its own words", "pull_request", { action: "edited", pull_request, changes: { title: {} } }],
    ["nothing told", "pull_request", { action: "edited", pull_request, changes: "odd" }],
    ["a label", "pull_request", { action: "labeled", pull_request }],
    ["a merge", "pull_request", { action: "closed", pull_request: { ...pull_request, merged: true } }],
    ["a push of code", "push", { ref: "refs/heads/main", forced: false, commits: [] }],
    [
      "a push of a workflow, which is hardly ever a link",
      "push",
      {
        ref: "refs/heads/main",
        forced: false,
        commits: [{ id: "a".repeat(40), added: [".github/workflows/ship.yml"], modified: [], removed: [] }],
      },
    ],
    ["words", "repository", { action: "edited", changes: { description: {} } }],
    ["a name every object has", "constructor", { action: "name" }],
  ])("%s: %s %j", (_, event, payload) => {
    expect(invalidationOf(event, payload)).toBeUndefined();
  });
});

describe("A20 who gains a right may refuse what has passed, and what they refused before may count", () => {
  const olgas = { installationId: 7, account: 11 };
  const anybodys = { installationId: 7, account: null };
  const onlyIf = { account: 11, login: "olga" };
  const whole = { ...common, repository: undefined };

  test.each<readonly [event: string, payload: object, invalidation: object]>([
    [
      "membership",
      { ...whole, action: "added", member: olga },
      { facts: ["people/7", "refused/7/11"], gained: olgas, onlyIf },
    ],
    [
      "organization",
      { ...whole, action: "member_added", membership: { user: olga } },
      { facts: ["people/7", "refused/7/11"], gained: olgas, onlyIf },
    ],
    [
      "organization",
      { ...whole, action: "member_added" },
      { facts: ["people/7", "refused/7"], gained: anybodys },
    ],
    [
      "member",
      { action: "added", member: olga },
      { facts: ["people/7", "refused/7/11"], gained: { ...olgas, repositoryId: 70 }, onlyIf },
    ],
    [
      "team",
      { action: "added_to_repository" },
      { facts: ["people/7", "refused/7"], gained: { ...anybodys, repositoryId: 70 } },
    ],
    ["team_add", {}, { facts: ["people/7", "refused/7"], gained: { ...anybodys, repositoryId: 70 } }],
    [
      "team",
      { ...whole, action: "edited" },
      { facts: ["people/7", "refused/7", "teams/7"], gained: anybodys },
    ],
  ])("%s %j", (event, payload, invalidation) => {
    expect(invalidationOf(event, payload)).toEqual(invalidation);
  });

  test("and who has another right may have less: what they signed is in doubt whether or not they may write", () => {
    expect(invalidationOf("member", { action: "edited", member: olga })).toEqual({
      facts: ["people/7", "refused/7/11", "signer/7/11"],
      gained: { ...olgas, repositoryId: 70 },
    });
  });
});
