import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { CODES } from "../../../src/doctor/rules/rules.ts";
import { type GithubDouble, startDouble } from "../../github-double/double.ts";
import { examine } from "./examine.ts";
import { CONFIG_SET_UPS, SETTING_SET_UPS, TOKEN_SET_UPS } from "./other.set-ups.ts";
import { RULE_SET_UPS } from "./rules.set-ups.ts";
import type { SetUp } from "./set-up.ts";
import { openShop, type Shop } from "./shop.ts";

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
