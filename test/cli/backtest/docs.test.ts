import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { read } from "../../repository/files.ts";
import { run } from "../run-cli.ts";
import { type PastShop, startPastShop, tell } from "./past-shop.ts";

let shop: PastShop;
let folder: string;
const NAMES = ["GITHUB_TOKEN", "GHE_HOST", "GHE_PROTOCOL", "XDG_CACHE_HOME"];

beforeEach(async () => {
  shop = await startPastShop();
  folder = mkdtempSync(join(tmpdir(), "countersign-backtest-"));
  const values = [shop.token, shop.double.apiHost, "http", join(folder, "caches")];
  for (const [index, name] of NAMES.entries()) process.env[name] = values[index];
});

afterEach(async () => {
  for (const name of NAMES) delete process.env[name];
  rmSync(folder, { recursive: true });
  await shop.double.stop();
  expect(shop.double.violations).toEqual([]);
});

test("the documentation shows what the command prints, up to how often it asked", async () => {
  tell(shop);
  const { stdout } = await run(folder, "backtest", "acme/shop");
  const [, shown = ""] = read("docs/cli.md").split("$ countersign backtest acme/shop\n");
  const [output = ""] = shown.split("```");
  expect(output).toContain("Remarks");
  expect(stdout.slice(0, output.length)).toBe(output);
});
