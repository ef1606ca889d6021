import { expect, test } from "@jest/globals";
import { showOwner } from "../../src/ownership/owner.ts";
import { loginsListedBy, ownersNamedBy } from "../../src/policy/listed.ts";
import { policyOf } from "./files.ts";

const named = (repository: string) => ownersNamedBy(policyOf({ repository }).policy).map(showOwner);

test.each([
  { why: "nobody, where owners of CODEOWNERS sign for all", config: "built-in: false\n", are: [] },
  { why: "who owns what nobody owns", config: "unowned: ['@ada']\n", are: ["@ada"] },
  {
    why: "who signs for an area, and its seniors",
    config: "production: [{ name: a, paths: [a], from: ['@acme/sre'], senior: ['@ben'] }]\n",
    are: ["@acme/sre", "@ben"],
  },
  {
    why: "the seniors for hazards",
    config: "hazards: { destructive: { senior: ['@cy'] }, widening: { senior: ['@dee'] } }\n",
    are: ["@cy", "@dee"],
  },
])("a config names beside those of CODEOWNERS: $why", ({ config, are }) => {
  expect(named(config)).toEqual(are);
});

test("every login that a config lists, in small letters: agents, automation and people, but no teams", () => {
  const repository = "unowned: ['@Ada', '@acme/sre']\ndetect: { agents: [Robo], not-ai: [Bumper] }\n";
  expect([...loginsListedBy(policyOf({ repository }).policy)].toSorted()).toEqual(["ada", "bumper", "robo"]);
});
