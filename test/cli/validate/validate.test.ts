import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "@jest/globals";
import { run, runProcess } from "../run-cli.ts";
import { removeTemporaryDirectories, temporaryDirectory } from "../temporary-repository.ts";

afterAll(removeTemporaryDirectories);

function folderOf(files: Readonly<Record<string, string>>): string {
  const directory = temporaryDirectory();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

test("what is right ends with 0 and says what was read", async () => {
  const directory = folderOf({ ".github/countersign.yml": "version: 1\n", CODEOWNERS: "* @ada\n" });

  expect(await runProcess(directory, ["validate"])).toEqual({
    code: 0,
    stdout: "VALID 2 files: .github/countersign.yml, CODEOWNERS\n",
    stderr: "",
  });
});

test("what is wrong ends with 1 and is named with line and column, and what to do", async () => {
  const directory = folderOf({
    ".github/countersign.yml": "version: 1\nmode: enforse\n",
    "docs/CODEOWNERS": "* @ada\n!secret @ben\n",
  });

  const { code, stdout } = await run("/", "validate", "--repo", directory);

  expect(code).toBe(1);
  expect(stdout).toMatch(/error: \S*\.github\/countersign\.yml:2:7: /);
  expect(stdout).toMatch(/error: \S*docs\/CODEOWNERS:2:1: Invalid pattern/);
});

test("each error of CODEOWNERS comes with what to do", async () => {
  const directory = folderOf({ CODEOWNERS: "* @ada\na[b @ben\n/x ben\n" });

  const { stdout } = await run(directory, "validate");

  expect(stdout).toBe(
    [
      "  error: CODEOWNERS:2:2: Invalid pattern: `[` and `]` must each be escaped with",
      "    a `\\`.",
      "    Write `a\\[b` instead.",
      "  error: CODEOWNERS:3:4: Invalid owner: `ben` is no owner; write `@user`,",
      "    `@org/team` or an e-mail address.",
      "    Put `@` before the name of an owner, `#` before a comment, and `\\` before",
      "      each blank in a path.",
      "",
    ].join("\n"),
  );
});

test("a line that GitHub may read otherwise is a warning, and the files are valid", async () => {
  const directory = folderOf({ CODEOWNERS: "* @ada\n/x/**/ @ben\n" });

  const { code, stdout } = await run(directory, "validate");

  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}warning: CODEOWNERS:2: GitHub does not say .*\n/);
  expect(stdout).toMatch(/\nVALID 1 file: CODEOWNERS\n$/);
});

describe("C18: what the config probably does not mean is a warning", () => {
  const CONFIG_FILE = ".github/countersign.yml";

  test.each([
    [".github/countersign.yaml", "error", 1],
    ["countersign.yml", "warning", 0],
  ])("a config that is never read: %s", async (misplaced, severity, expected) => {
    const directory = folderOf({ [CONFIG_FILE]: "version: 1\n", [misplaced]: "mode: observe\n" });
    const { code, stdout } = await run(directory, "validate");
    expect(code).toBe(expected);
    expect(stdout).toContain(`${severity}: ${misplaced}: This file is not read`);
  });

  test("an area that is nearly a built-in one", async () => {
    const directory = folderOf({
      [CONFIG_FILE]: "production: [{ name: infrastucture, paths: [/infra/] }]\n",
    });
    const { code, stdout } = await run(directory, "validate");
    expect(code).toBe(0);
    expect(stdout).toContain('Write "infrastructure" if you mean the built-in area');
  });

  test("an area that no file of the repository is in", async () => {
    const areas = "[{ name: a, paths: [/Infra/] }, { name: b, paths: [/infra/] }]";
    const directory = folderOf({ [CONFIG_FILE]: `production: ${areas}\n`, "infra/main.tf": "" });
    await promisify(execFile)("git", ["init", "--quiet", directory]);
    const { code, stdout } = await run(directory, "validate");
    expect(code).toBe(0);
    expect(stdout).toContain('The area "a" matches no file');
    expect(stdout).not.toContain('The area "b"');
  });
});

describe("together: nobody could countersign a change to the files that decide who must", () => {
  const CONFIG = ".github/countersign.yml";

  test.each([
    { why: "no line matches", codeowners: "/src/ @ada\n", unowned: [CONFIG, "CODEOWNERS"] },
    { why: "the line names nobody", codeowners: "* @ada\n/.github/\n", unowned: [CONFIG] },
    { why: "they are owned", codeowners: "* @ada\n", unowned: [] },
  ])("$why", async ({ codeowners, unowned }) => {
    const directory = folderOf({ [CONFIG]: "version: 1\n", CODEOWNERS: codeowners });

    const { code, stdout } = await run(directory, "validate", "--json");

    expect(code).toBe(0);
    expect(JSON.parse(stdout).problems).toEqual(
      unowned.map((path) =>
        expect.objectContaining({
          severity: "warning",
          message: expect.stringContaining(`“${path}” has no owner`),
        }),
      ),
    );
  });

  test("where the config says who signs for what nobody owns, all is well", async () => {
    const directory = folderOf({ [CONFIG]: 'version: 1\nunowned: ["@ada"]\n', CODEOWNERS: "/src/ @ada\n" });

    expect(await run(directory, "validate")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^VALID/),
    });
  });
});

test("only the CODEOWNERS that counts is read", async () => {
  const directory = folderOf({ ".github/CODEOWNERS": "* @ada\n", CODEOWNERS: "* nobody\n" });

  expect(await run(directory, "validate")).toMatchObject({
    code: 0,
    stdout: "VALID 1 file: .github/CODEOWNERS\n",
  });
});

test("files may be named", async () => {
  const directory = folderOf({ "draft.yml": "modes: observe\n" });

  const { code, stdout } = await run(directory, "validate", "draft.yml", "--json");

  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    valid: false,
    files: ["draft.yml"],
    problems: [{ severity: "error", file: "draft.yml", line: 1, column: 1 }],
  });
});

test.each([
  { why: "nothing to validate", args: [], says: /has no \.github\/countersign\.yml and no CODEOWNERS/ },
  { why: "a file that is not there", args: ["gone.yml"], says: /gone\.yml cannot be read/ },
  {
    why: "files and --github",
    args: ["a.yml", "--github", "a/b"],
    says: /with --github, name no files/,
  },
  { why: "--ref alone", args: ["--ref", "main"], says: /--ref needs --github OWNER\/REPO/ },
  {
    why: "no repository's name",
    args: ["--github", "shop"],
    says: /Expected OWNER\/REPO, such as acme\/shop/,
  },
  { why: "a name that climbs", args: ["--github", "../x"], says: /Expected OWNER\/REPO, such as acme\/shop/ },
  { why: "a folder and --github", args: ["--repo", "x", "--github", "a/b"], says: /cannot be used with/ },
])("$why ends with 2", async ({ args, says }) => {
  const { code, stdout, stderr } = await run(temporaryDirectory(), "validate", ...args);

  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(says);
});
