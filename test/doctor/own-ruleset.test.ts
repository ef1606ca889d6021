import { describe, expect, test } from "@jest/globals";
import { keeps, refNamesOf } from "../../src/doctor/own-ruleset.ts";

describe("a pattern of the config as GitHub reads it", () => {
  test.each([
    ["~DEFAULT_BRANCH", ["~DEFAULT_BRANCH"]],
    ["main", ["refs/heads/main"]],
    ["release/*", ["refs/heads/release/*"]],
    ["v*.x", ["refs/heads/v*.x"]],
    ["hotfix/**", ["refs/heads/hotfix", "refs/heads/hotfix/**/*"]],
    ["**", ["refs/heads/**/*"]],
    ["**/stable", ["refs/heads/**/stable"]],
    ["rel**", null],
    ["a{b,c}", null],
    ["größe", null],
    ["a'b", null],
  ])("%s is %j", (pattern, names) => {
    expect(refNamesOf(pattern)).toEqual(names);
  });
});

describe("what was written is kept", () => {
  const written = { rules: [{ type: "a", parameters: { n: 1 } }, { type: "b" }], bypass: [] };

  test.each<{ why: string; kept: unknown; is: boolean }>([
    { why: "the same", kept: written, is: true },
    {
      why: "in another order, with more beside it",
      kept: {
        bypass: [],
        id: 7,
        rules: [
          { type: "b", parameters: {} },
          { type: "a", parameters: { n: 1, m: 2 } },
        ],
      },
      is: true,
    },
    { why: "without a rule", kept: { ...written, rules: [{ type: "b" }] }, is: false },
    { why: "with one more who may bypass it", kept: { ...written, bypass: [{}] }, is: false },
    {
      why: "with another value",
      kept: { ...written, rules: [{ type: "a", parameters: { n: 2 } }, { type: "b" }] },
      is: false,
    },
    { why: "nothing", kept: null, is: false },
  ])("$why: $is", ({ kept, is }) => {
    expect(keeps(kept, written)).toBe(is);
  });
});
