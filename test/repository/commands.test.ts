import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { run } from "../cli/run-cli.ts";
import { PAGES, read } from "./files.ts";
import { readPage } from "./pages.ts";

const SCRIPTS = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read("package.json"))).scripts;

/** What stands before a command that a reader types. */
const BEFORE = String.raw`(?:^|[;&(]) *(?:\$ )?(?:[A-Z_]+=\S+ )*`;
const NPM = new RegExp(`${BEFORE}npm (?:run (?:--silent )?([\\w:-]+)|(test|start)\\b)`, "gm");
const COUNTERSIGN = new RegExp(
  `${BEFORE}(?:npm run (?:--silent )?countersign -- |countersign )(ledger [a-z]+|[a-z]+)\\b((?:\\\\\\n|[^\\n|#;])*)`,
  "gm",
);

interface Typed {
  readonly command: string;
  readonly options: readonly string[];
}

function commandsIn(code: string): readonly Typed[] {
  return [...code.matchAll(COUNTERSIGN)].map(([, command = "", rest = ""]) => ({
    command,
    options: (rest.match(/(?<= )--?[a-z][a-z-]*/g) ?? []).toSorted(),
  }));
}

/** The options of a command, as its help lists them; none of a command that does not exist. */
async function optionsOf(command: string): Promise<readonly string[] | null> {
  const { code, stdout } = await run(".", ...command.split(" "), "--help");
  if (code !== 0 || !stdout.startsWith(`Usage: countersign ${command} `)) return null;
  const [, listed = ""] = stdout.split("\nOptions:\n");
  return [...listed.matchAll(/^ {2}(?:(-[a-zA-Z]), )?(--[a-z-]+)/gm)].flatMap(([, ...names]) => names);
}

describe("commands in code", () => {
  test.each([
    { code: "countersign check --json", typed: [{ command: "check", options: ["--json"] }] },
    {
      code: "$ npm run --silent countersign -- scan ../shop --since 2026-06\nacme/shop",
      typed: [{ command: "scan", options: ["--since"] }],
    },
    {
      code: "A=b countersign owners; countersign validate # countersign no --more",
      typed: [
        { command: "owners", options: [] },
        { command: "validate", options: [] },
      ],
    },
    {
      code: "countersign ledger verify --keys k.json",
      typed: [{ command: "ledger verify", options: ["--keys"] }],
    },
    { code: "docker run countersign check", typed: [] },
    { code: "countersign.private-key.pem", typed: [] },
  ])("$code", ({ code, typed }) => {
    expect(commandsIn(code)).toEqual(typed);
  });

  test("a command that does not exist has no options", async () => {
    expect(await optionsOf("chekc")).toBeNull();
    expect(await optionsOf("check")).toContain("--json");
    expect(await optionsOf("ledger verify")).toContain("--anchor");
  });
});

describe.each(PAGES)("%s", (page) => {
  const { code } = readPage(page);

  test("names npm scripts that exist", () => {
    const scripts = code.flatMap((text) =>
      [...text.matchAll(NPM)].map(([, one, other]) => one ?? other ?? ""),
    );
    expect(scripts.filter((script) => !Object.hasOwn(SCRIPTS, script))).toEqual([]);
  });

  test("names commands and options that exist", async () => {
    for (const { command, options } of code.flatMap(commandsIn)) {
      const known = await optionsOf(command);
      expect({ command, unknown: known && options.filter((option) => !known.includes(option)) }).toEqual({
        command,
        unknown: [],
      });
    }
  });
});
