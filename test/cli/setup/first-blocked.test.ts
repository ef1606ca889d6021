import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "@jest/globals";
import { COMPILE_CACHE } from "../../app/compile-cache.ts";
import { addressOf, startProcess } from "../../app/process.ts";
import { type GithubDouble, startDouble } from "../../github-double/double.ts";
import { read } from "../../repository/files.ts";
import { openShop, type Shop } from "../doctor/shop.ts";
import {
  isolatedEnvironment,
  removeTemporaryDirectories,
  temporaryDirectory,
} from "../temporary-repository.ts";
import { registers } from "./person.ts";

afterAll(removeTemporaryDirectories);

const CLI = fileURLToPath(new URL("../../../src/cli/main.ts", import.meta.url));
const MOST_MS = 180_000;
const MOST_ACTIONS = 8;

/** What a reader of the page does, one after the other, and the commands in it. */
function page(): { readonly actions: readonly string[]; readonly commands: readonly string[] } {
  const [, steps = ""] =
    /\n## From a clone to the first blocked pull request\n(.*?)\n## /s.exec(read("docs/install.md")) ?? [];
  return {
    actions: steps.match(/^\d+\. .+$/gm) ?? [],
    commands: [...steps.matchAll(/`((?:git|gh|npm) [^`]+)`/g)].map(([, command = ""]) => command),
  };
}

/** A GitHub CLI that has logged Ada in. */
function ghOf(shop: Shop): string {
  const folder = temporaryDirectory();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "gh"), `#!/bin/sh\necho '${shop.world.userToken(shop.people.ada)}'\n`);
  chmodSync(join(folder, "gh"), 0o755);
  return folder;
}

interface Desk {
  readonly double: GithubDouble;
  readonly shop: Shop;
  readonly folder: string;
}

/** The command of the page as it stands there; the person presses what GitHub and the terminal ask for. */
async function setsUp({ double, shop, folder }: Desk, command: string): Promise<number | null> {
  const words = command.replaceAll("OWNER", "acme").replaceAll("REPO", "shop").split(" ");
  const args = words.slice(words.indexOf("--") + 1);
  const child = spawn(process.execPath, [CLI, ...args, "--no-browser", "--yes"], {
    cwd: folder,
    env: {
      ...isolatedEnvironment(folder),
      ...COMPILE_CACHE,
      ...{ GHE_HOST: double.apiHost, GHE_PROTOCOL: "http" },
      PATH: [ghOf(shop), process.env.PATH].join(delimiter),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  const ended = once(child, "close");
  child.stdout.on("data", (text: Buffer) => {
    said += text.toString();
  });
  while (!said.includes("\n") && child.exitCode === null)
    await Promise.race([once(child.stdout, "data"), ended]);
  const [, link = ""] = /(http:\S+)\n/.exec(said) ?? [];
  await registers(double, link, shop.people.ada);
  const [app] = [...double.apps()].filter(({ slug }) => slug === "countersign-acme");
  if (app) shop.world.install(app, shop.acme);
  const [code] = (await ended) as [number | null];
  return code;
}

function kirosChange({ world, repo, people }: Shop) {
  world.branch(repo, "fix", "main");
  world.commit(repo, "fix", {
    author: people.kira,
    by: people.kira,
    message: "Fix it\n\nCo-authored-by: Kiro Agent <kiro-agent@users.noreply.github.com>",
    changes: { "infra/production/main.tf": null },
  });
  return world.openPull(repo, { head: "fix", base: "main", title: "Fix it", body: "", author: people.kira });
}

test("the page lists each thing that a person does, and no more than eight", () => {
  const { actions, commands } = page();
  expect(actions.length).toBeGreaterThan(4);
  expect(actions.length).toBeLessThanOrEqual(MOST_ACTIONS);
  expect(actions.join("\n")).not.toMatch(/\b(?:copy|paste)\b/i);
  expect(commands.map((command) => command.split(" ").slice(0, 2).join(" "))).toEqual([
    ...["git clone", "gh auth", "npm run", "npm start"],
  ]);
});

test("its commands lead to a pull request that is blocked, within three minutes of the machine's", async () => {
  const started = performance.now();
  const double = await startDouble();
  const shop = openShop(double);
  shop.unprotect();
  const folder = temporaryDirectory();
  const command = page().commands.find((each) => each.startsWith("npm run")) ?? "";
  expect(await setsUp({ double, shop, folder }, command)).toBe(0);

  const app = startProcess({ HOST: "127.0.0.1", PORT: "0" }, folder);
  try {
    const address = await addressOf(app);
    const pull = kirosChange(shop);
    const conclusion = () => shop.repo.runs.findLast(({ suite }) => suite.sha === pull.headSha)?.conclusion;
    while (conclusion() !== "action_required") await fetch(`${address}/healthz`);

    expect(shop.world.merge(pull, shop.people.ada)).toMatchObject({ status: 405 });
    expect(performance.now() - started).toBeLessThan(MOST_MS);
  } finally {
    app.child.kill("SIGTERM");
    await app.exited;
    await double.stop();
  }
  expect(double.violations).toEqual([]);
});
