import { expect, test } from "@jest/globals";
import { readCommandComment } from "../../../../src/github/reading/people/commands.ts";
import { strictFirst } from "../../../../src/github/reading/people/speakers.ts";

test("of many comments, those that may make the gate stricter are read first, else in the order of their making", () => {
  const heard = (commentId: number, isStrict = false) => ({
    ...{ commentId, account: 2, login: "olga" },
    ...(isStrict && { said: { body: "/countersign withdraw", at: "2026-11-20T12:00:00Z" } }),
  });
  const all = [heard(1), heard(2, true), heard(3), heard(4, true)];
  expect(strictFirst(all).map(({ commentId }) => commentId)).toEqual([2, 4, 1, 3]);
});

test("of what was said on a page, the same are read first", () => {
  const at = "2026-11-20T12:00:00Z";
  const said = (commentId: number, onPage: "override" | "freeze" | "withdraw") => ({
    ...{ commentId, account: 2, login: "olga", said: { body: `/countersign ${onPage}`, at, onPage } },
  });
  const all = [said(-3, "override"), said(-2, "freeze"), said(-1, "withdraw")];
  expect(strictFirst(all).map(({ commentId }) => commentId)).toEqual([-2, -1, -3]);
});

test("what was said on a page stands as it was said, and GitHub is not asked", async () => {
  const said = { body: "/countersign withdraw", at: "2026-11-20T12:00:00Z", onPage: "withdraw" as const };
  const heard = { commentId: -3, account: 2, login: "olga", said };
  const place = {
    repository: { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" },
    number: 7,
  };
  expect(await readCommandComment(null as never, place, heard)).toEqual({
    ...{ id: -3, by: { id: 2, login: "olga", type: "User" }, at: said.at, body: said.body },
  });
});
