import { expect, test } from "@jest/globals";
import {
  highest,
  organization,
  type Rule,
  repository,
  strictest,
  union,
} from "../../../src/policy/layers/floor.ts";

const mode = strictest(["observe", "enforce"]);

interface Row<Value> {
  readonly why: string;
  readonly rule: Rule<Value>;
  readonly ours: Value;
  readonly theirs: Value;
  readonly inForce: Value;
  readonly lost: boolean;
}

const row = <Value>(given: Row<Value>) => ({
  why: given.why,
  says: [given.rule.merge(given.ours, given.theirs), given.rule.weakens(given.ours, given.theirs)] as unknown,
  wanted: [given.inForce, given.lost] as unknown,
});

test.each([
  row({ why: "a lower number loses", rule: highest, ours: 2, theirs: 1, inForce: 2, lost: true }),
  row({ why: "the same number loses nothing", rule: highest, ours: 2, theirs: 2, inForce: 2, lost: false }),
  row({ why: "a higher number is taken", rule: highest, ours: 2, theirs: 3, inForce: 3, lost: false }),
  row({
    why: "a laxer word loses",
    rule: mode,
    ours: "enforce",
    theirs: "observe",
    inForce: "enforce",
    lost: true,
  }),
  row({
    why: "the same word loses nothing",
    rule: mode,
    ours: "observe",
    theirs: "observe",
    inForce: "observe",
    lost: false,
  }),
  row({
    why: "a stricter word is taken",
    rule: mode,
    ours: "observe",
    theirs: "enforce",
    inForce: "enforce",
    lost: false,
  }),
  row({
    why: "lists add up, each entry once",
    rule: union<string>(),
    ours: ["a", "b"],
    theirs: ["b", "c"],
    inForce: ["a", "b", "c"],
    lost: false,
  }),
  row({
    why: "another value than the organization's loses",
    rule: organization<number>(),
    ours: 1,
    theirs: 2,
    inForce: 1,
    lost: true,
  }),
  row({
    why: "the same accounts in another order and case lose nothing",
    rule: organization<readonly string[]>(),
    ours: ["@a", "@B"],
    theirs: ["@b", "@A"],
    inForce: ["@a", "@B"],
    lost: false,
  }),
  row({
    why: "fewer accounts lose",
    rule: organization<readonly string[]>(),
    ours: ["@a", "@b"],
    theirs: ["@a"],
    inForce: ["@a", "@b"],
    lost: true,
  }),
  row({
    why: "what decides nothing is the repository's to say",
    rule: repository<string>(),
    ours: "production",
    theirs: "prod",
    inForce: "prod",
    lost: false,
  }),
])("$why", ({ says, wanted }) => {
  expect(says).toEqual(wanted);
});
