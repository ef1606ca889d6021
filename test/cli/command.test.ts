import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "@jest/globals";
import { expectGolden } from "./golden.ts";
import { run, runProcess } from "./run-cli.ts";
import { createRepository, removeTemporaryDirectories, temporaryDirectory } from "./temporary-repository.ts";

afterAll(removeTemporaryDirectories);

describe("help", () => {
  test("of the command lists the commands", async () => {
    const { code, stdout, stderr } = await run("/", "--help");

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("check [options]");
  });

  test.each([
    "backtest",
    "check",
    "doctor",
    "explain",
    "ledger",
    "owners",
    "owners",
    "passkey",
    "scan",
    "setup",
    "simulate",
    "validate",
  ])("of %s gives its options, exit codes and examples, in 100 columns", async (command) => {
    const { code, stdout, stderr } = await run("/", command, "--help");

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expectGolden(new URL(`./help/${command}.golden.txt`, import.meta.url), stdout);
  });

  test("--version is the package's", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));

    expect(await run("/", "--version")).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

describe("wrong usage ends with 2 and one line", () => {
  test.each([
    { args: ["chekc"], says: "unknown command 'chekc' (Did you mean check?)" },
    { args: ["check", "--bsae", "x"], says: "unknown option '--bsae' (Did you mean --base?)" },
    { args: ["check", "--base"], says: "option '--base <ref>' argument missing" },
    {
      args: ["check", "main"],
      says: "too many arguments for 'check'. Expected 0 arguments but got 1: main.",
    },
    {
      args: ["check", "--team", "sre"],
      says: "option '--team <members>' argument 'sre' is invalid. Expected ORG/SLUG=LOGIN,LOGIN, such as acme/sre=mona,omar.",
    },
  ])("$args", async ({ args, says }) => {
    expect(await run("/", ...args)).toEqual({ code: 2, stdout: "", stderr: `countersign: ${says}\n` });
  });

  test("without a command, help goes to standard error", async () => {
    const { code, stdout, stderr } = await run("/");

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("Usage: countersign");
  });
});

describe("what cannot be read ends with 2 and one line", () => {
  test("no repository", async () => {
    const directory = temporaryDirectory();

    expect(await runProcess(directory, ["check"])).toEqual({
      code: 2,
      stdout: "",
      stderr: `countersign: ${directory} is not in a git repository: go into one, or name it with --repo DIR\n`,
    });
  });

  test("a name that carries an escape sequence is shown escaped (E08)", async () => {
    const { directory } = createRepository({ branch: "main", files: { a: "1" } });

    const { code, stderr } = await run(directory, "check", "--base", "x\x1b[2J");

    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        "countersign: x\\u{1b}[2J is not a commit in this repository: check its spelling, or fetch it first\n",
    });
  });

  test("a config file that is not there", async () => {
    const { directory } = createRepository({ branch: "main", files: { a: "1" } });

    const { code, stderr } = await run(directory, "check", "--config", "gone.yml");

    expect(code).toBe(2);
    expect(stderr).toMatch(/^countersign: gone\.yml cannot be read: .*\n$/);
  });

  test("with --json, a document says so", async () => {
    const { code, stdout, stderr } = await run(temporaryDirectory(), "check", "--json");

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      outcome: "notEvaluated",
      error: expect.stringContaining("is not in a git repository"),
    });
    expect(stderr).toContain("is not in a git repository");
  });
});
