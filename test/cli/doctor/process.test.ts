import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type GithubDouble, startDouble } from "../../github-double/double.ts";
import { runProcess } from "../run-cli.ts";
import { removeTemporaryDirectories, temporaryDirectory } from "../temporary-repository.ts";
import { openShop, type Shop, SOUND } from "./shop.ts";

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

afterAll(removeTemporaryDirectories);

function host(): NodeJS.ProcessEnv {
  return { GHE_HOST: double.apiHost, GHE_PROTOCOL: "http" };
}

/** A GitHub CLI in a folder that answers with this for this host. */
function ghIn(folder: string, answer: string): void {
  mkdirSync(folder, { recursive: true });
  const script = `#!/bin/sh\n[ "$*" = "auth token --hostname ${double.apiHost}" ] && echo '${answer}' || exit 1\n`;
  writeFileSync(join(folder, "gh"), script);
  chmodSync(join(folder, "gh"), 0o755);
}

describe("from a clean folder", () => {
  test("everything is said, and the exit code is 0", async () => {
    const token = shop.world.userToken(shop.people.ada);

    const { code, stdout, stderr } = await runProcess(temporaryDirectory(), ["doctor", "acme/shop"], {
      ...host(),
      GH_TOKEN: token,
    });

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^HOLDS acme\/shop: 24 fine\n/);
  });

  test("what the page shows is what is printed", async () => {
    shop.unprotect();
    shop.world.ruleset(shop.repo, {
      ...SOUND,
      name: "main",
      requiredChecks: [{ context: "countersign" }],
      bypass: [{ actor_type: "RepositoryRole", actor_id: 5, bypass_mode: "pull_request" }],
    });
    const environment = { ...host(), GITHUB_TOKEN: shop.world.userToken(shop.people.ada) };

    const { code, stdout } = await runProcess(temporaryDirectory(), ["doctor", "acme/shop"], environment);

    expect(code).toBe(1);
    expect(readFileSync("docs/cli.md", "utf8")).toContain(
      `\`\`\`console\n$ countersign doctor acme/shop\n${stdout}\`\`\`\n`,
    );
  });

  test("the token is the one that the GitHub CLI keeps for that host", async () => {
    const tools = temporaryDirectory();
    ghIn(tools, shop.world.userToken(shop.people.ada));

    const { code, stdout } = await runProcess(temporaryDirectory(), ["doctor", "acme/shop"], {
      ...host(),
      PATH: [tools, process.env.PATH].join(delimiter),
    });

    expect(stdout).toMatch(/^HOLDS /);
    expect(code).toBe(0);
  });

  test("a GitHub CLI in the folder itself is not run", async () => {
    const folder = temporaryDirectory();
    ghIn(join(folder, "bin"), shop.world.userToken(shop.people.ada));

    const ran = await runProcess(folder, ["doctor", "acme/shop"], { ...host(), PATH: join(folder, "bin") });

    expect(ran).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "countersign: no token was given: set GITHUB_TOKEN to one that can read the repository, or log in by `gh auth login`\n",
    });
    expect(double.requests).toEqual([]);
  });
});

describe("what cannot be examined ends with 2 and one line", () => {
  test.each([
    {
      args: ["acme/gone"],
      says: "acme/gone does not exist or is not visible: check its spelling, and that the token can read it",
    },
    { args: ["https://github.com/acme/shop"], says: "that address is on github.com, but 127.0.0.1" },
    { args: ["acme"], says: "Expected OWNER/REPO, such as acme/shop." },
    { args: ["acme/shop", "--app-id", "x"], says: "Expected the number on the App's page." },
    { args: ["acme/shop", "--allow-unknown", "all"], says: "Expected one of plan-enforces, check-required," },
    { args: ["acme/shop", "--yes"], says: "--yes writes what --fix shows: give both" },
  ])("$args", async ({ args, says }) => {
    const environment = { ...host(), GITHUB_TOKEN: shop.world.userToken(shop.people.ada) };

    const { code, stdout, stderr } = await runProcess(temporaryDirectory(), ["doctor", ...args], environment);

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(says);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  test("with --json, a document says so", async () => {
    const environment = { ...host(), GITHUB_TOKEN: "ghp_nobody" };

    const { code, stdout } = await runProcess(
      temporaryDirectory(),
      ["doctor", "acme/shop", "--json"],
      environment,
    );

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, outcome: "notEvaluated" });
  });
});

test("a name that would be a command to a terminal or a CI runner is shown written out (E08)", async () => {
  shop.ruleset.name = "x\u001b[2J##[error]y";
  shop.ruleset.bypass = [{ actor_type: "DeployKey", actor_id: null, bypass_mode: "always" }];
  const environment = { ...host(), GITHUB_TOKEN: shop.world.userToken(shop.people.ada) };

  const { code, stdout } = await runProcess(temporaryDirectory(), ["doctor", "acme/shop"], environment);

  expect(code).toBe(1);
  expect(stdout).toContain("“x\\u{1b}[2J\\u{23}#[error]y”");
});
