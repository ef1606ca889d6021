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
const after = "a".repeat(40);

const newsOf = (event: string, payload: object) =>
  interpret({ event, payload: { installation, ...payload }, self: null }).news;

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
