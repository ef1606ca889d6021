import { renameSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { STEPS } from "../../demo/script-steps.ts";
import { loadPolicyFile } from "../../src/policy/load.ts";
import { run } from "../cli/run-cli.ts";
import { removeTemporaryDirectories, temporaryDirectory } from "../cli/temporary-repository.ts";
import { read } from "./files.ts";
import { shopWithKirosBranch } from "./shop.ts";

afterAll(removeTemporaryDirectories);

const README = read("README.md");
const MOST_LINES = 150;

/** The fenced block that contains a text. */
function block(text: string): readonly string[] {
  const blocks = [...README.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, code = ""]) => code);
  return (blocks.find((code) => code.includes(text)) ?? "").trimEnd().split("\n");
}

test("the README is short", () => {
  expect(README.split("\n").length).toBeLessThanOrEqual(MOST_LINES);
});

test("the check of a branch prints what the README shows, up to its ellipsis", async () => {
  const folder = temporaryDirectory();
  renameSync(shopWithKirosBranch().directory, join(folder, "shop"));
  const [command = "", ...shown] = block("check --repo ../shop");
  expect(command).toBe("$ npm run --silent countersign -- check --repo ../shop");

  const { code, stdout } = await run(folder, "check", "--repo", "shop");

  expect(code).toBe(1);
  expect(shown.at(-1)).toBe("…");
  expect(shown.length).toBeGreaterThan(5);
  expect(stdout.split("\n").slice(0, shown.length - 1)).toEqual(shown.slice(0, -1));
});

test("the story is the one that the demo plays", () => {
  const [last, ...steps] = block("All 10 steps passed.").toReversed();
  const told = steps.toReversed().map((line) => line.replace(/^✓ +\d+ (.*) → (\w+) .*$/, "$1 → $2"));
  expect(told).toEqual(STEPS.map(({ description, expected }) => `${description} → ${expected.conclusion}`));
  expect(last).toBe(`All ${STEPS.length} steps passed.`);
});

test("the config is valid", () => {
  const config = block("version: 1").join("\n");
  expect(loadPolicyFile(config, "README.md").problems).toEqual([]);
});
