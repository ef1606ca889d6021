import { expect, test } from "@jest/globals";
import { passFacts } from "../../../src/app/work/pass-facts.ts";
import type { PasskeyFacts } from "../../../src/signoff/passkey-facts.ts";
import { HEAD, humanChange, olga, verdict } from "../../signoff/build.ts";
import { countersign, passkeys } from "../../signoff/passkey/build.ts";

const shop = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };

const factsWith = (facts: PasskeyFacts) => {
  const pull = {
    pull: 7,
    verdict: verdict(),
    snapshot: humanChange({ passkeys: facts }),
    policy: null,
    ids: null,
  };
  return passFacts(shop, HEAD, { deciding: [pull], idle: [] });
};
const OF_KEYS = ["signatures/7", "teams/7", "repository-teams/70", `signer/7/${olga.id}`];

test("a pass for which somebody signed rests on everybody's keys, and on who vouched for them", () => {
  expect(factsWith(passkeys([countersign(olga, 5)]))).toEqual(expect.arrayContaining(OF_KEYS));
  expect(factsWith(passkeys()).filter((fact) => OF_KEYS.includes(fact))).toEqual([]);
});
