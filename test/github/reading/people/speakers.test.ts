import { expect, test } from "@jest/globals";
import { strictFirst } from "../../../../src/github/reading/people/speakers.ts";

test("of many comments, those that may make the gate stricter are read first, else in the order of their making", () => {
  const heard = (commentId: number, isStrict = false) => ({
    ...{ commentId, account: 2, login: "olga" },
    ...(isStrict && { said: { body: "/countersign withdraw", at: "2026-11-20T12:00:00Z" } }),
  });
  const all = [heard(1), heard(2, true), heard(3), heard(4, true)];
  expect(strictFirst(all).map(({ commentId }) => commentId)).toEqual([2, 4, 1, 3]);
});
