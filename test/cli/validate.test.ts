import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { run, runProcess } from "./run-cli.ts";
import { removeTemporaryDirectories, temporaryDirectory } from "./temporary-repository.ts";

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
])("$why ends with 2", async ({ args, says }) => {
  const { code, stdout, stderr } = await run(temporaryDirectory(), "validate", ...args);

  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(says);
});
