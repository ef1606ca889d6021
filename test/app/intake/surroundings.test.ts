import { describe, expect, test } from "@jest/globals";
import { interpret } from "../../../src/app/intake/events.ts";

const installation = { id: 7 };
const repository = {
  id: 70,
  node_id: "R_70",
  name: "shop",
  default_branch: "main",
  owner: { login: "acme" },
};
const olga = { id: 3, login: "olga", type: "User" };
const after = "a".repeat(40);
const anywhere = { installationId: 7, account: 3 };

const newsOf = (event: string, payload: object) =>
  interpret({ event, payload: { installation, ...payload }, self: null }).news;

describe("who lost a right, as an event tells", () => {
  test.each([
    ["member", "removed", { repository, member: olga }, [{ ...anywhere, repositoryId: 70 }]],
    ["member", "edited", { repository, member: olga }, [{ ...anywhere, repositoryId: 70 }]],
    ["membership", "removed", { member: olga, team: { slug: "sre" } }, [anywhere]],
    ["organization", "member_removed", { membership: { user: olga } }, [anywhere]],
    ["member", "added", { repository, member: olga }, undefined],
    ["membership", "added", { member: olga }, undefined],
    ["organization", "member_added", { membership: { user: olga } }, undefined],
    ["membership", "removed", { member: { login: "olga" } }, undefined],
    ["membership", "removed", { installation: undefined, member: olga }, undefined],
  ])("%s.%s of %j", (event, action, payload, lost) => {
    expect(newsOf(event, { action, ...payload }).rightsLost).toEqual(lost);
  });
});

describe("which branch was rewritten, as a push tells", () => {
  const push = { repository, ref: "refs/heads/main", after, commits: [] };
  test.each([
    ["one that was forced", { ...push, forced: true }, ["main"]],
    ["one that only added to it", { ...push, forced: false }, undefined],
    ["one that deleted it", { ...push, forced: true, deleted: true, after: "0".repeat(40) }, undefined],
    ["one of a tag", { ...push, forced: true, ref: "refs/tags/v1" }, undefined],
  ])("%s", (_, payload, rewritten) => {
    expect(newsOf("push", payload).rewritten).toEqual(rewritten);
  });
});
