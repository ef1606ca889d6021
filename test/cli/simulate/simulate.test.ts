import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readingClient } from "../../../src/cli/simulate/reading-client.ts";
import type { SeenRequest } from "../../github-double/faults.ts";
import { useOriginStory } from "../../story/setup.ts";
import { type Ran, run, runProcess } from "../run-cli.ts";

const bed = useOriginStory();

let folder: string;
let environment: Record<string, string>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-simulate-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the command finds in its environment: a token that sees the repository and the organization's teams. */
beforeEach(async () => {
  const { double, appOctokit, installation } = bed();
  const { data } = await appOctokit.rest.apps.createInstallationAccessToken({
    installation_id: installation.id,
  });
  environment = { GITHUB_TOKEN: data.token, GH_TOKEN: "", GHE_HOST: double.apiHost, GHE_PROTOCOL: "http" };
  Object.assign(process.env, environment);
});
afterEach(() => {
  for (const name of Object.keys(environment)) delete process.env[name];
});

function simulate(...args: readonly string[]): Promise<Ran> {
  return run(folder, "simulate", ...args);
}

async function outcome(...args: readonly string[]) {
  const { code, stdout } = await simulate(...args, "--json");
  return { code, document: JSON.parse(stdout) };
}

describe("a pull request on GitHub is judged as the app would", () => {
  test("Kiro's change to production is blocked, and it says who can sign", async () => {
    const { number } = bed().story.kiroDeletesProduction();
    const { code, stdout, stderr } = await simulate(`acme/shop#${number}`);

    expect(stderr).toBe("");
    expect(code).toBe(1);
    expect(stdout).toContain("BLOCKED Needs @acme/sre: infrastructure");
    expect(stdout).toContain(`acme/shop#${number}: kiro/fix-checkout-timeouts at `);
    expect(stdout).toContain("Read from GitHub; nothing was written.");
    expect(stdout).toContain("Can sign: @olga and @sam.");
    expect(stdout).toContain("@kira asked Kiro for this change");
  });

  test("by the command as people run it", async () => {
    const { number } = bed().story.kiroDeletesProduction();
    const { code, stdout } = await runProcess(folder, ["simulate", `acme/shop#${number}`], environment);

    expect(code).toBe(1);
    expect(stdout).toContain("BLOCKED Needs @acme/sre: infrastructure");
  });

  test("an approval that was given counts", async () => {
    const { story, world } = bed();
    const pull = story.kiroDeletesProduction();
    world.review(pull, story.people.olga, "APPROVED");

    const { code, document } = await outcome(
      `http://${environment.GHE_HOST}/acme/shop/pull/${pull.number}/files`,
    );

    expect(code).toBe(0);
    expect(document).toMatchObject({
      version: 1,
      outcome: "pass",
      repository: "acme/shop",
      pull: pull.number,
      head: pull.headSha,
      assumed: {},
      verdict: { conclusion: "success", requirements: [{ countersignatures: [{ by: { login: "olga" } }] }] },
    });
    expect(document.verdict).not.toHaveProperty("toRecord");
  });
});

describe("--approved-by evaluates with approvals by people with the access they have", () => {
  test.each([
    { who: "an owner", login: "@olga", code: 0, says: null },
    { who: "who asked the agent", login: "kira", code: 1, says: "asked Kiro for this change" },
    { who: "who owns nothing here", login: "@mallory", code: 1, says: "does not own" },
    { who: "a machine", login: "coderabbitai", code: 2, says: null },
  ])("$who", async ({ login, code, says }) => {
    const { number } = bed().story.kiroDeletesProduction();
    const ran = await simulate(`acme/shop#${number}`, "--approved-by", login);

    expect(ran.code).toBe(code);
    if (says !== null) expect(ran.stdout.replaceAll(/\s+/g, " ")).toContain(says);
  });

  test("is said", async () => {
    const { number } = bed().story.kiroDeletesProduction();
    const { stdout } = await simulate(`acme/shop#${number}`, "--approved-by", "@olga", "sam", "OLGA");
    expect(stdout).toContain("Assumed: approvals by @olga and @sam.");
  });

  test("of somebody whom GitHub does not know is refused", async () => {
    const { number } = bed().story.kiroDeletesProduction();
    const { code, stderr } = await simulate(`acme/shop#${number}`, "--approved-by", "@nobody-at-all");
    expect(code).toBe(2);
    expect(stderr).toBe("countersign: --approved-by: @nobody-at-all does not exist on GitHub\n");
  });
});

describe("--config tries a config, and reads the teams it names", () => {
  test("that asks somebody else", async () => {
    const { number } = bed().story.kiroDeletesProduction();
    writeFileSync(
      join(folder, "try.yml"),
      'production:\n  - { name: infrastructure, paths: ["/infra/"], from: ["@acme/web"] }\n',
    );
    const { document } = await outcome(`acme/shop#${number}`, "--config", "try.yml");

    expect(document.assumed).toEqual({ config: "try.yml" });
    expect(document.verdict.requirements).toMatchObject([
      { requirement: { area: "infrastructure" }, canSign: [{ login: "wes" }] },
    ]);
  });

  test("that is broken: it could not be evaluated", async () => {
    const { number } = bed().story.kiroDeletesProduction();
    writeFileSync(join(folder, "try.yml"), "mode: off\n");
    const { code, stdout } = await simulate(`acme/shop#${number}`, "--config", "try.yml");

    expect(code).toBe(2);
    expect(stdout).toContain('try.yml:1:7: mode is "off".');
  });

  test("that cannot be read", async () => {
    const { code, stderr } = await simulate("acme/shop#1", "--config", "missing.yml");
    expect(code).toBe(2);
    expect(stderr).toContain("missing.yml cannot be read");
  });
});

describe("--base applies the rules of another branch", () => {
  test("that is governed: its owners sign", async () => {
    const { story, world } = bed();
    const { number } = story.kiroDeletesProduction();
    world.branch(story.shop, "release/2", "main");
    world.setFile(story.shop, "release/2", ".github/CODEOWNERS", "* @acme/data\n", story.people.olga);
    writeFileSync(join(folder, "try.yml"), 'branches: [main, "release/*"]\n');

    const { document } = await outcome(`acme/shop#${number}`, "--base", "release/2", "--config", "try.yml");

    expect(document.verdict.requirements).toMatchObject([{ canSign: [{ login: "dana" }] }]);
  });

  test("that is not governed: nothing to check", async () => {
    const { story, world } = bed();
    const { number } = story.kiroDeletesProduction();
    world.branch(story.shop, "playground", "main");

    const { code, stdout } = await simulate(`acme/shop#${number}`, "--base", "playground");

    expect(code).toBe(0);
    expect(stdout).toContain("Nothing to check: the config does not govern the branch playground");
    expect(stdout).toContain("the rules of playground, for the files changed against main");
  });

  test("that does not exist", async () => {
    const { number } = bed().story.kiroDeletesProduction();
    const { code, stderr } = await simulate(`acme/shop#${number}`, "--base", "gone");
    expect(code).toBe(2);
    expect(stderr).toContain('acme/shop has no branch "gone".');
  });
});

describe("--snapshot keeps what was judged", () => {
  test("and check judges it again, with the same verdict", async () => {
    const { number } = bed().story.kiroDeletesProduction();
    const { document } = await outcome(
      `acme/shop#${number}`,
      "--approved-by",
      "olga",
      "--snapshot",
      "seen.json",
    );
    const again = await run(folder, "check", "--snapshot", "seen.json", "--json");
    const { assumed: _, ...same } = document;

    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toEqual(same);
    expect(JSON.parse(readFileSync(join(folder, "seen.json"), "utf8"))).toMatchObject({
      version: 1,
      pullRequest: { number },
      reviews: [{ reviewer: { login: "olga" }, state: "approved" }],
    });
  });

  test("with the links that control files are read through", async () => {
    const { world, story } = bed();
    const { olga } = story.people;
    const files = { "CLAUDE.md": { mode: "120000", content: "shared/manners.txt" } } as const;
    world.commit(story.shop, "main", { author: olga, message: "Link", changes: files, by: olga });
    world.branch(story.shop, "kiro/manners", "main");
    const { kiro } = story.bots;
    const changes = { "shared/manners.txt": "Obey.\n" };
    world.push(story.shop, "kiro/manners", [{ author: kiro, message: "Tidy up", changes }], kiro);
    const opened = { head: "kiro/manners", base: "main", title: "Tidy up", author: kiro };
    const { number } = world.openPull(story.shop, opened);
    const { document } = await outcome(`acme/shop#${number}`, "--snapshot", "seen.json");
    const again = await run(folder, "check", "--snapshot", "seen.json", "--json");

    const links = [{ path: "CLAUDE.md", target: "shared/manners.txt" }];
    expect(JSON.parse(readFileSync(join(folder, "seen.json"), "utf8"))).toMatchObject({ links });
    expect(document.verdict.areas).toEqual([{ name: "control-files", paths: ["shared/manners.txt"] }]);
    expect(JSON.parse(again.stdout).verdict).toEqual(document.verdict);
  });

  test("and check says when and whence it was read", async () => {
    const { number } = bed().story.kiroDeletesProduction();
    await simulate(`acme/shop#${number}`, "--snapshot", "seen.json");
    const { code, stdout } = await run(folder, "check", "--snapshot", "seen.json");

    expect(code).toBe(1);
    expect(stdout).toContain("From seen.json, which was read from GitHub at 20");
  });

  test.each([
    {
      why: "no JSON",
      text: "{",
      says: "seen.json is not a snapshot written by simulate --snapshot: it is not valid JSON",
    },
    { why: "something else", text: "{}", says: "Invalid input: expected 1" },
    { why: "no file", text: null, says: "seen.json cannot be read" },
  ])("check refuses $why", async ({ text, says }) => {
    if (text !== null) writeFileSync(join(folder, "seen.json"), text);
    const { code, stderr } = await run(folder, "check", "--snapshot", "seen.json");
    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });

  test("check takes nothing beside it that only a branch has", async () => {
    const { code, stderr } = await run(folder, "check", "--snapshot", "x.json", "--base", "main");
    expect(code).toBe(2);
    expect(stderr).toContain("cannot be used with option '--base <ref>'");
  });
});

describe("nothing is written", () => {
  test("only reads reach GitHub, whatever is assumed", async () => {
    const { story, double } = bed();
    const { number } = story.kiroDeletesProduction();
    const asked: SeenRequest[] = [];
    double.faults.add({ match: (request) => asked.push(request) === 0, respond: "hang" });
    const given = ["--approved-by", "@olga", "--base", "main", "--snapshot", "seen.json"];
    await simulate(`acme/shop#${number}`, ...given);

    expect(asked.map(({ operation }) => operation)).toContain("POST /graphql");
    for (const { operation, body } of asked) {
      expect(operation).toMatch(/^(?:GET |POST \/graphql$)/);
      expect(JSON.stringify(body ?? "")).not.toContain("mutation");
    }
    expect(story.shop.runs).toEqual([]);
  });

  test("what would write is refused before it is sent", async () => {
    const client = readingClient({ GITHUB_TOKEN: "x" });
    await expect(client.request("POST /repos/acme/shop/check-runs")).rejects.toThrow("would write");
    await expect(client.graphql("\n  mutation Add { x }")).rejects.toThrow("would write");
  });
});

describe("what cannot be evaluated ends with 2 and one sentence", () => {
  test("no token", async () => {
    delete process.env.GITHUB_TOKEN;
    const { code, stderr } = await simulate("acme/shop#1");
    expect(code).toBe(2);
    expect(stderr).toBe(
      "countersign: no token was given: set GITHUB_TOKEN to one that can read the repository\n",
    );
  });

  test("a token that GitHub does not know, as JSON too", async () => {
    process.env.GITHUB_TOKEN = "ghp_wrong";
    const { code, stdout, stderr } = await simulate("acme/shop#1", "--json");
    expect(code).toBe(2);
    expect(stderr).toContain("GitHub rejected the token");
    expect(`${stdout}${stderr}`).not.toContain("ghp_wrong");
    expect(JSON.parse(stdout)).toMatchObject({ outcome: "notEvaluated" });
  });

  test("a pull request that is not there", async () => {
    const { code, stderr } = await simulate("acme/shop#99");
    expect(code).toBe(2);
    expect(stderr).toContain("acme/shop#99 does not exist or is not visible");
  });

  test("one that is closed", async () => {
    const { story, world } = bed();
    const pull = story.kiroDeletesProduction();
    world.close(pull, story.people.olga);
    const { code, stderr } = await simulate(`acme/shop#${pull.number}`);
    expect(code).toBe(2);
    expect(stderr).toBe(`countersign: acme/shop#${pull.number} is closed\n`);
  });

  test.each(["acme/shop", "acme#7", "acme/shop#0", "acme/..#7", "https://github.com/acme/shop/issues/7"])(
    "a name that is none: %s",
    async (name) => {
      const { code, stderr } = await simulate(name);
      expect(code).toBe(2);
      expect(stderr).toContain("Expected OWNER/REPO#NUMBER, such as acme/shop#7.");
    },
  );
});
