import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { runProcess } from "../run-cli.ts";
import { isolatedEnvironment } from "../temporary-repository.ts";
import { merges, type PastShop, startPastShop, tell } from "./past-shop.ts";

let shop: PastShop;
let folder: string;
let environment: Record<string, string>;

beforeEach(async () => {
  shop = await startPastShop();
  folder = mkdtempSync(join(tmpdir(), "countersign-backtest-"));
  mkdirSync(join(folder, "work"));
  environment = {
    GHE_HOST: shop.double.apiHost,
    GHE_PROTOCOL: "http",
    XDG_CACHE_HOME: join(folder, "caches"),
  };
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await shop.double.stop();
  expect(shop.double.violations).toEqual([]);
});

test("with the token of gh, where the environment has none", async () => {
  tell(shop);
  const programs = join(folder, "bin");
  mkdirSync(programs);
  const script = `#!/bin/sh\n[ "$*" = "auth token --hostname ${shop.double.apiHost}" ] && echo ${shop.token}\n`;
  writeFileSync(join(programs, "gh"), script, { mode: 0o755 });
  const given = { ...environment, PATH: programs };
  const { code, stdout } = await runProcess(join(folder, "work"), ["backtest", "acme/shop"], given);
  expect(code).toBe(0);
  expect(stdout.replaceAll(/\s+/g, " ")).toContain("5 of 7 merged pull requests were an AI’s");
});

test("a gh that lies in the folder one stands in is not run, and without a token one sentence says so", async () => {
  const programs = join(folder, "work", "bin");
  mkdirSync(programs);
  writeFileSync(join(programs, "gh"), `#!/bin/sh\necho ${shop.token}\n`, { mode: 0o755 });
  const given = { ...environment, PATH: programs };
  expect(await runProcess(join(folder, "work"), ["backtest", "acme/shop"], given)).toEqual({
    code: 2,
    stdout: "",
    stderr:
      "countersign: no token was given: set GITHUB_TOKEN to one that can read the repository, or log in by `gh auth login`\n",
  });
});

test("Ctrl-C ends it with what was read, and the same command goes on from there", async () => {
  merges(shop, 10);
  const given = { ...environment, GITHUB_TOKEN: shop.token };
  const held = shop.double.faults.hold(({ path }) => path.includes("/pulls/1/files"));
  const main = join(import.meta.dirname, "../../../src/cli/main.ts");
  const child = spawn(process.execPath, [main, "backtest", "acme/shop", "--json"], {
    cwd: join(folder, "work"),
    env: { ...isolatedEnvironment(folder), ...given },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, closed] = [text(child.stdout), once(child, "close")];
  await held.asked();
  child.kill("SIGINT");
  const [said] = await once(child.stderr, "data");
  expect(String(said)).toBe(
    "countersign: waiting for what is asked already; press Ctrl-C again to end at once\n",
  );
  held.release();
  const [code] = await closed;
  const document = JSON.parse(await stdout);
  expect(code).toBe(2);
  expect(document.stopped).toEqual({ kind: "interrupted" });
  const read = document.policies[0].pulls.length;
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(10);

  const again = await runProcess(join(folder, "work"), ["backtest", "acme/shop", "--json"], given);
  expect(again.code).toBe(0);
  const whole = JSON.parse(again.stdout);
  expect(whole.policies[0].pulls).toHaveLength(10);
  expect(whole.cost.kept).toBeGreaterThanOrEqual(read);
});
