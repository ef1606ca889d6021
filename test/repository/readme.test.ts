import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { STEPS } from "../../demo/script-steps.ts";
import { loadPolicyFile } from "../../src/policy/file/load.ts";
import { run } from "../cli/run-cli.ts";
import { removeTemporaryDirectories, temporaryDirectory } from "../cli/temporary-repository.ts";
import { ROOT, read } from "./files.ts";
import { shopWithKirosBranch } from "./shop.ts";

afterAll(removeTemporaryDirectories);

const README = read("README.md");
const MOST_LINES = 150;

/** The fenced block of a page that contains a text. */
function block(text: string, page = README): readonly string[] {
  const blocks = [...page.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, code = ""]) => code);
  return (blocks.find((code) => code.includes(text)) ?? "").trimEnd().split("\n");
}

test("the README is short", () => {
  expect(README.split("\n").length).toBeLessThanOrEqual(MOST_LINES);
});

/** How much of the output is enough to see what the command is for. */
const SHOWN_LINES = 9;

test("the check of a branch prints what the README shows; `UPDATE_GOLDEN=1` writes it", async () => {
  const folder = temporaryDirectory();
  renameSync(shopWithKirosBranch().directory, join(folder, "shop"));
  const shown = block("check --repo ../shop");

  const { code, stdout } = await run(folder, "check", "--repo", "shop");

  expect(code).toBe(1);
  const command = "$ npm run --silent countersign -- check --repo ../shop";
  const real = [command, ...stdout.split("\n").slice(0, SHOWN_LINES), "…"];
  if (process.env.UPDATE_GOLDEN === "1")
    writeFileSync(
      new URL("README.md", ROOT),
      README.replace(shown.join("\n"), () => real.join("\n")),
    );
  else expect(shown).toEqual(real);
});

test("the story is the one that the demo plays", () => {
  const [last, ...steps] = block(" steps passed.", read("docs/check.md")).toReversed();
  const told = steps.toReversed().map((line) => line.replace(/^✓ +\d+ (.*) → (\w+) .*$/, "$1 → $2"));
  expect(told).toEqual(STEPS.map(({ description, expected }) => `${description} → ${expected.conclusion}`));
  expect(last).toBe(`All ${STEPS.length} steps passed.`);
});

test("the back-test says what the page of the command line shows whole", () => {
  const [command, ...lines] = block("npx countersign backtest");
  const parts = Map.groupBy(lines, (line) => line === "…");
  const whole = read("docs/cli.md");
  expect(command).toBe("$ npx countersign backtest acme/shop");
  expect(parts.get(true)).toHaveLength(2);
  expect(whole).toContain(`\n${parts.get(false)?.join("\n")}\n`);
});

test("the config is valid", () => {
  const config = block("version: 1").join("\n");
  expect(loadPolicyFile(config, "README.md").problems).toEqual([]);
});
