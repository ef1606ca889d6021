import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { inCi } from "../ci-environment.ts";
import { run } from "../run-cli.ts";
import {
  BEN,
  createRepository,
  KIRO,
  removeTemporaryDirectories,
  type TemporaryRepository,
  temporaryDirectory,
} from "../temporary-repository.ts";
import { commandsIn, readJUnit, readSarif } from "./readers.ts";

afterAll(removeTemporaryDirectories);

const TABLE = 'resource "aws_db_instance" "orders" {\n  engine = "postgres"\n}\n';

/** A branch of Kiro's that deletes a database and tidies up, against such a config. */
function shop(config?: string, author = KIRO): TemporaryRepository {
  return createRepository(
    {
      branch: "main",
      files: {
        ".github/CODEOWNERS": "/infra/ @mona\n/db/ @omar\n",
        "infra/main.tf": TABLE,
        "db/migrations/1.sql": "SELECT 1;\n",
        ...(config !== undefined && { ".github/countersign.yml": config }),
      },
    },
    {
      branch: "topic",
      from: "main",
      author,
      removed: ["infra/main.tf"],
      files: { "db/migrations/2.sql": "SELECT 2;\n", "a, b: 100%.md": "1\n" },
    },
  );
}

const BROKEN = "version: 1\nmode: enforse\n";

const check = ({ directory }: Pick<TemporaryRepository, "directory">, ...args: readonly string[]) =>
  run(directory, "check", "--base", "main", ...args);

/** What comes of it, by exit code. */
const OUTCOMES = [
  { why: "it is blocked", code: 1, repository: () => shop() },
  { why: "it is signed", code: 0, repository: () => shop(), args: ["--approved-by", "mona", "omar"] },
  { why: "people wrote it", code: 0, repository: () => shop(undefined, BEN) },
  { why: "the config only observes", code: 0, repository: () => shop("mode: observe\n") },
  { why: "the config is invalid", code: 2, repository: () => shop(BROKEN) },
  { why: "there is nothing to check", code: 0, repository: () => shop("branches: [release/*]\n") },
  { why: "the command fails", code: 2, repository: () => shop(), args: ["--head", "nowhere"] },
] as const;

describe("--format sarif is a log of SARIF 2.1.0", () => {
  test.each(OUTCOMES)("that says so when $why", async ({ code, repository, ...more }) => {
    const ran = await check(repository(), "--format", "sarif", ...("args" in more ? more.args : []));

    const { exitCode, executionSuccessful, results, notifications } = readSarif(ran.stdout);
    expect({ code: ran.code, exitCode, executionSuccessful }).toEqual({
      code,
      exitCode: code,
      executionSuccessful: code !== 2,
    });
    expect(results.some(({ level }) => level === "error")).toBe(
      code === 1 || (code === 2 && !("args" in more)),
    );
    expect(notifications.length).toBeGreaterThan(0);
  });

  test("with each countersignature and hazard at its place", async () => {
    const { stdout } = await check(shop(), "--format", "sarif");

    const found = readSarif(stdout).results.map(({ ruleId, level, locations: [{ physicalLocation }] }) => [
      level,
      ruleId,
      physicalLocation.artifactLocation.uri,
      physicalLocation.region?.startLine,
    ]);
    expect(found).toEqual(
      expect.arrayContaining([
        ["error", "countersignature", "infra/main.tf", undefined],
        ["error", "countersignature", "db/migrations/2.sql", undefined],
        ["warning", "terraform/resource-removed", "infra/main.tf", 1],
      ]),
    );
  });

  test("with a defect of the config at its line and column", async () => {
    const { stdout } = await check(shop(BROKEN), "--format", "sarif");

    const [first] = readSarif(stdout).results;
    expect(first?.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: ".github/countersign.yml", uriBaseId: "%SRCROOT%" },
      region: { startLine: 2, startColumn: 7 },
    });
  });

  test.each([
    ["infra/a b%c#d?e.tf", "infra/a%20b%25c%23d%3Fe.tf"],
    ["infra/c:/d.tf", "infra/c%3A/d.tf"],
    ["infra/é.tf", "infra/%C3%A9.tf"],
    ["infra/{0}[x](y).tf", "infra/%7B0%7D%5Bx%5D(y).tf"],
  ])("with the path %s as a reference", async (path, uri) => {
    const { directory } = createRepository(
      { branch: "main", files: { ".github/CODEOWNERS": "* @mona\n" } },
      { branch: "topic", from: "main", author: KIRO, files: { [path]: "1\n" } },
    );

    const { stdout } = await run(directory, "check", "--format", "sarif");

    const { results } = readSarif(stdout);
    expect(
      results.map(({ locations: [{ physicalLocation }] }) => physicalLocation.artifactLocation.uri),
    ).toContain(uri);
    for (const { message } of results) {
      expect(message.text).not.toMatch(/(?<!\{)\{\d+\}(?!\})/);
      expect(message.text).not.toContain("](");
    }
  });
});

describe("--format junit is a report in which a case fails exactly if the exit code is not 0", () => {
  test.each(OUTCOMES)("when $why", async ({ code, repository, ...more }) => {
    const ran = await check(repository(), "--format", "junit", ...("args" in more ? more.args : []));

    const cases = readJUnit(ran.stdout);
    expect(ran.code).toBe(code);
    expect(cases.some(({ result }) => result === "failure" || result === "error")).toBe(code !== 0);
    expect(cases.some(({ result }) => result === "error")).toBe(code === 2);
    expect(cases[0]?.name).toBe("check");
  });

  test("with a case for each requirement: signed, missing, or skipped where the config only observes", async () => {
    const of = async (repository: TemporaryRepository, ...args: readonly string[]) =>
      readJUnit((await check(repository, "--format", "junit", ...args)).stdout)
        .slice(1)
        .map(({ name, result }) => [name, result]);

    expect(await of(shop(), "--approved-by", "mona")).toEqual([
      ["infrastructure: 1 countersignature from @mona", "passed"],
      ["migrations: 1 countersignature from @omar", "failure"],
    ]);
    expect(await of(shop("mode: observe\n"))).toEqual([
      ["infrastructure: 1 countersignature from @mona", "skipped"],
      ["migrations: 1 countersignature from @omar", "skipped"],
    ]);
    expect(await of(shop("production: [{ name: infrastructure, mode: observe }]\n"))).toEqual([
      ["infrastructure: 1 countersignature from @mona", "skipped"],
      ["migrations: 1 countersignature from @omar", "failure"],
    ]);
  });

  test("that says what to do", async () => {
    const [, first] = readJUnit((await check(shop(), "--format", "junit")).stdout);

    expect(first?.text.split("\n")).toEqual([
      "waiting: 1 countersignature from @mona",
      "infra/main.tf",
      expect.stringContaining("Kiro took part in this change"),
    ]);
  });
});

describe("--format github is the text, and then commands for annotations", () => {
  test.each(OUTCOMES)(
    "of errors exactly if it does not pass: when $why",
    async ({ code, repository, ...more }) => {
      const ran = await check(repository(), "--format", "github", ...("args" in more ? more.args : []));

      const commands = commandsIn(ran.stdout);
      expect(ran.code).toBe(code);
      expect(commands.some(({ command }) => command === "error")).toBe(code !== 0);
      for (const { command } of commands) expect(["error", "warning", "notice"]).toContain(command);
    },
  );

  test("at the places of what is missing and what was found, the worst first", async () => {
    const repository = shop();
    const text = (await check(repository)).stdout;

    const { stdout } = await check(repository, "--format", "github");

    expect(stdout.startsWith(text)).toBe(true);
    const commands = commandsIn(stdout);
    expect(
      commands.map(({ command, properties: { file, line, title } }) => [command, file, line, title]),
    ).toEqual([
      ["error", "infra/main.tf", undefined, "infrastructure: countersignature waiting"],
      ["error", "db/migrations/2.sql", undefined, "migrations: countersignature waiting"],
      ["warning", "infra/main.tf", "1", "terraform/resource-removed"],
    ]);
    expect(commands[0]?.message).toMatch(/^1 countersignature from @mona\. Kiro took part in this change/);
  });

  test("a name with signs of the command's own is the same name", async () => {
    const path = "infra/a, b: 100% %0A::error::x.tf";
    const { directory } = createRepository(
      { branch: "main", files: { ".github/CODEOWNERS": "* @mona\n" } },
      { branch: "topic", from: "main", author: KIRO, files: { [path]: "1\n" } },
    );

    const { stdout } = await run(directory, "check", "--format", "github");

    const errors = commandsIn(stdout).filter(({ command }) => command === "error");
    expect(errors.map(({ properties }) => properties.file)).toEqual([path]);
  });

  test("is what is printed on GitHub Actions, unless another format is asked for", async () => {
    const repository = shop();
    const on = (...args: readonly string[]) =>
      inCi({ GITHUB_ACTIONS: "true", GITHUB_EVENT_NAME: "push" }, () => check(repository, ...args));

    expect(commandsIn((await on()).stdout)).toHaveLength(3);
    expect(commandsIn((await on("--format", "text")).stdout)).toEqual([]);
    expect(JSON.parse((await on("--json")).stdout)).toMatchObject({ outcome: "wouldBlock" });
    expect(commandsIn((await check(repository)).stdout)).toEqual([]);
  });
});

describe("the summary of a step", () => {
  const written = (path: string) => readFileSync(path, "utf8");

  test.each(OUTCOMES)("is written when $why", async ({ repository, ...more }) => {
    const path = join(temporaryDirectory(), "summary.md");
    writeFileSync(path, "before\n");

    const { stdout, stderr } = await inCi({ GITHUB_STEP_SUMMARY: path }, () =>
      check(repository(), "--format", "text", ...("args" in more ? more.args : [])),
    );

    const [headline = ""] = `${stdout}${stderr.replace("countersign: ", "ERROR ")}`.split("\n");
    const [, , , title = "", ...rest] = `\n${written(path)}`.split("\n");
    expect(written(path)).toMatch(/^before\n\n### Countersign: (?:PASS|BLOCKED|ERROR) /);
    expect(title.replace(/[\\`]|&#8203;/g, "")).toContain(headline.slice(0, 30));
    for (const line of rest) expect(line).toMatch(/^(?: {4}.*|)$/);
  });

  test("that cannot be written is said, and changes nothing else", async () => {
    const path = temporaryDirectory();

    const { code, stderr } = await inCi({ GITHUB_STEP_SUMMARY: path }, () => check(shop()));

    expect(code).toBe(1);
    expect(stderr).toBe(
      `countersign: the summary was not written: ${path} is a folder, not an ordinary file: name a file\n`,
    );
  });

  test("holds no more than GitHub takes", async () => {
    const path = join(temporaryDirectory(), "summary.md");
    const files = Object.fromEntries(
      Array.from({ length: 6_000 }, (_, n) => [`infra/${"long".repeat(25)}-${n}.tf`, "1\n"]),
    );
    const { directory } = createRepository(
      { branch: "main", files: { ".github/CODEOWNERS": "* @mona\n" } },
      { branch: "topic", from: "main", author: KIRO, files },
    );

    await inCi({ GITHUB_STEP_SUMMARY: path }, () => run(directory, "check"));

    const bytes = Buffer.byteLength(written(path));
    expect(bytes).toBeGreaterThan(400 << 10);
    expect(bytes).toBeLessThan(1 << 20);
    expect(written(path)).toMatch(/\*[\d,]+ more lines not shown\.\*$/);
  });
});

test.each([
  {
    args: ["--format", "xml"],
    says: "argument 'xml' is invalid. Allowed choices are text, json, github, sarif, junit.",
  },
  { args: ["--format", "sarif", "--json"], says: "cannot be used with option" },
  { args: ["--format", "sarif", "--snapshot", "x"], says: "cannot be used with option" },
])("$args is refused", async ({ args, says }) => {
  const { code, stderr } = await run("/", "check", ...args);

  expect(code).toBe(2);
  expect(stderr).toContain(says);
});
