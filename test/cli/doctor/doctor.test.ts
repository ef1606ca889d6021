import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type DoctorOptions, doctor } from "../../../src/cli/doctor/doctor.ts";
import { CODES } from "../../../src/doctor/rules/rules.ts";
import { type GithubDouble, startDouble } from "../../github-double/double.ts";
import { sink } from "../run-cli.ts";
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

/** The command over HTTP, with somebody's token. */
async function examine(token: string, options: DoctorOptions) {
  const stdout = sink();
  const stderr = sink();
  const code = await doctor(
    {
      repository: { owner: "acme", repo: "shop" },
      options,
      environment: { GHE_HOST: double.apiHost, GHE_PROTOCOL: "http", GITHUB_TOKEN: token },
    },
    {
      stdout: stdout.stream,
      stderr: stderr.stream,
      directory: "/",
      now: () => new Date("2026-11-30T00:00:00Z"),
    },
  );
  return { code, stdout: stdout.written() };
}

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

describe.each([{ part: "rules", setUps: RULE_SET_UPS }])("$part", ({ setUps }) => {
  test.each(setUps)("$why", async ({ given, token, options = {}, finds, says = [] }) => {
    given?.(shop);
    const own = token?.(shop) ?? shop.world.userToken(shop.people.ada);

    const json = await examine(own, { ...options, json: true });

    expect(found(json.stdout)).toEqual(finds);
    expect(json.code).toBe(exitCodeFor(finds));
    if (says.length === 0) return;
    const { stdout } = await examine(own, options);
    for (const words of says) expect(stdout.replace(/\s+/g, " ")).toContain(words);
  });
});
