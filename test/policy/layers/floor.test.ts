import { expect, test } from "@jest/globals";
import {
  type FloorRule,
  highest,
  ofBoth,
  organizationOrDefault,
  repositoryIfSet,
  strictest,
  union,
} from "../../../src/policy/layers/floor.ts";

const mode = strictest(["observe", "enforce"]);

interface Row<Value> {
  readonly why: string;
  readonly rule: FloorRule<Value>;
  readonly organization: Value;
  readonly repository: Value;
  readonly inForce: Value;
  readonly lost: boolean;
}

const row = <Value>(given: Row<Value>) => ({
  why: given.why,
  says: (): unknown => [
    given.rule.merge(given.organization, given.repository),
    given.rule.weakens(given.organization, given.repository),
  ],
  wanted: [given.inForce, given.lost] as unknown,
});

test.each([
  row({ why: "a lower number loses", rule: highest, organization: 2, repository: 1, inForce: 2, lost: true }),
  row({
    why: "the same number loses nothing",
    rule: highest,
    organization: 2,
    repository: 2,
    inForce: 2,
    lost: false,
  }),
  row({
    why: "a higher number is taken",
    rule: highest,
    organization: 2,
    repository: 3,
    inForce: 3,
    lost: false,
  }),
  row({
    why: "a laxer word loses",
    rule: mode,
    organization: "enforce",
    repository: "observe",
    inForce: "enforce",
    lost: true,
  }),
  row({
    why: "the same word loses nothing",
    rule: mode,
    organization: "observe",
    repository: "observe",
    inForce: "observe",
    lost: false,
  }),
  row({
    why: "a stricter word is taken",
    rule: mode,
    organization: "observe",
    repository: "enforce",
    inForce: "enforce",
    lost: false,
  }),
  row({
    why: "lists add up, each entry once",
    rule: union<string>(),
    organization: ["a", "b"],
    repository: ["b", "c"],
    inForce: ["a", "b", "c"],
    lost: false,
  }),
  row({
    why: "another value than the organization's loses",
    rule: organizationOrDefault<number>(),
    organization: 1,
    repository: 2,
    inForce: 1,
    lost: true,
  }),
  row({
    why: "the same accounts in another order and case lose nothing",
    rule: organizationOrDefault<readonly string[]>(),
    organization: ["@a", "@B"],
    repository: ["@b", "@A"],
    inForce: ["@a", "@B"],
    lost: false,
  }),
  row({
    why: "fewer accounts lose",
    rule: organizationOrDefault<readonly string[]>(),
    organization: ["@a", "@b"],
    repository: ["@a"],
    inForce: ["@a", "@b"],
    lost: true,
  }),
  row({
    why: "what lowers the gate has to be in both lists",
    rule: ofBoth<string>((name) => name),
    organization: ["a", "b"],
    repository: ["b", "c"],
    inForce: ["b"],
    lost: true,
  }),
  row({
    why: "wanting less than the organization allows loses nothing",
    rule: ofBoth<string>((name) => name),
    organization: ["a", "b"],
    repository: ["b"],
    inForce: ["b"],
    lost: false,
  }),
  row({
    why: "what decides nothing is the repository's to say",
    rule: repositoryIfSet<string>(),
    organization: "production",
    repository: "prod",
    inForce: "prod",
    lost: false,
  }),
])("$why", ({ says, wanted }) => {
  expect(says()).toEqual(wanted);
});
