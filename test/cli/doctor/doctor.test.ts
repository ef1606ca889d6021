import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Failure } from "../../../src/cli/failure.ts";
import { CODES } from "../../../src/doctor/rules/rules.ts";
import { type GithubDouble, startDouble } from "../../github-double/double.ts";
import { CONFIG_SET_UPS } from "./config.set-ups.ts";
import { examine } from "./examine.ts";
import { RULE_SET_UPS } from "./rules.set-ups.ts";
import type { SetUp } from "./set-up.ts";
import { SETTING_SET_UPS } from "./setting.set-ups.ts";
import { openShop, type Shop } from "./shop.ts";
import { TOKEN_SET_UPS } from "./token.set-ups.ts";

let double: GithubDouble;
let shop: Shop;

beforeEach(async () => {
  double = await startDouble();
  shop = openShop(double);
});

afterEach(async () => {
  await double.stop();
  expect(double.violations).toEqual([]);
});

/** What a document finds, but for what holds. */
function found(document: string): object {
  const { findings }: { findings: { code: string; holds: string }[] } = JSON.parse(document);
  expect(findings.map(({ code }) => code)).toEqual(CODES);
  return Object.fromEntries(
    findings.filter(({ holds }) => holds !== "yes").map(({ code, holds }) => [code, holds]),
  );
}

function exitCodeFor(finds: SetUp["finds"]): number {
  const all = Object.values(finds);
  if (all.includes("no")) return 1;
  return all.includes("unknown") ? 2 : 0;
}

const ALL = [
  { part: "rules", setUps: RULE_SET_UPS },
  { part: "config, owners and people", setUps: CONFIG_SET_UPS },
  { part: "Apps and settings", setUps: SETTING_SET_UPS },
  { part: "tokens", setUps: TOKEN_SET_UPS },
];

describe.each(ALL)("$part", ({ setUps }) => {
  test.each(setUps)("$why", async ({ given, token, options = {}, finds, exits, says = [] }) => {
    given?.(shop);
    const own = token?.(shop) ?? shop.world.userToken(shop.people.ada);

    const json = await examine(double, own, { ...options, json: true });

    expect(found(json.stdout)).toEqual(finds);
    expect(json.code).toBe(exits ?? exitCodeFor(finds));
    if (says.length === 0) return;
    const { stdout } = await examine(double, own, options);
    for (const words of says) expect(stdout.replace(/\s+/g, " ")).toContain(words);
  });
});

describe("what it costs", () => {
  test("one branch, one ruleset: thirteen requests", async () => {
    await examine(double, shop.world.userToken(shop.people.ada), {});

    expect(double.requests).toHaveLength(13);
  });

  test("three more for each branch, and none for a ruleset that is known", async () => {
    shop.config("branches: [main, release/*]");
    shop.ruleset.branches = ["~ALL"];
    for (const number of [1, 2, 3]) shop.world.branch(shop.repo, `release/${number}`, "main");

    const { code } = await examine(double, shop.world.userToken(shop.people.ada), {});

    const asked = double.requests.map(({ operation }) => operation);
    expect(asked.filter((each) => each === "GET /repos/{owner}/{repo}/rulesets/{ruleset_id}")).toHaveLength(
      1,
    );
    // The list of branches, three for each, and one for an example of those that may still be made.
    expect(asked).toHaveLength(13 + 1 + 3 * 3 + 1);
    expect(code).toBe(0);
  });

  test("more branches than are looked at: unknown, and never fine", async () => {
    shop.config("branches: [main, release/*]");
    shop.ruleset.branches = ["~ALL"];
    for (let number = 0; number < 30; number += 1) shop.world.branch(shop.repo, `release/${number}`, "main");

    const { code, stdout } = await examine(double, shop.world.userToken(shop.people.ada), { json: true });

    expect(found(stdout)).toMatchObject({ "check-required": "unknown", "codeowners-valid": "unknown" });
    expect(code).toBe(2);
  });
});

test.each([401, 500, 502])("an answer with %i says nothing, so no finding is printed", async (status) => {
  double.faults.refuse(({ path }) => path.includes("/rules/branches/"), status);

  await expect(examine(double, shop.world.userToken(shop.people.ada), {})).rejects.toThrow(Failure);
});
