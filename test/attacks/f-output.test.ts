import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect } from "@jest/globals";
import { commandsIn, readJUnit, readSarif } from "../cli/check/readers.ts";
import { inCi } from "../cli/ci-environment.ts";
import { holdHarmless, obeyed } from "../cli/prepared/hold.ts";
import { row } from "../cli/prepared/row.ts";
import type { Story } from "../cli/prepared/story.ts";
import { run } from "../cli/run-cli.ts";
import { removeTemporaryDirectories } from "../cli/temporary-repository.ts";

afterAll(removeTemporaryDirectories);

/** What terminals, runners and spreadsheets obey, at the start of a line, of a word and in the middle. */
const COMMANDS = [
  "::set-output name=x::y",
  "::stop-commands::x",
  "##[group]x",
  "##vso[task.setvariable variable=x]y",
  "##teamcity[message text='x']",
  "\x1b[2J\x1b]0;x\x07",
  "\u009b2J",
  "\u202egnp.x",
  "=HYPERLINK(1)",
  "x;=1+1",
  "+++ x",
];

/** A path as git reads it in a stream of commits. */
const quoted = (path: string): string =>
  `"${path.replace(/["\\]/g, "\\$&").replace(/[^\x20-\x7e]/gu, octal)}"`;
const octal = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");

/** A config in which tools have such names. */
const CONFIG = [
  "version: 1\ndetect:\n  signals:\n",
  ...COMMANDS.map((command, index) => `    - { tool: ${JSON.stringify(command)}, trailer: X-T${index} }\n`),
].join("");

/** Each command as the subject of a commit, the name of its author and of a file, an owner and a tool. */
function speak(story: Story): void {
  for (const [index, command] of COMMANDS.entries()) {
    const visible = command.replace(/[<>\n]/g, "");
    const long = `${"w ".repeat(index)}${command} ${"v".repeat(60)} ${command}`;
    story.repository.add({
      branch: "topic",
      author: { name: visible, email: `a${index}@example.com` },
      message: `${long}\n\n${command}\nCo-authored-by: Claude <noreply@anthropic.com>\nCo-authored-by: ${visible} <noreply@anthropic.com>\n`,
      files: { [quoted(`infra/${command.replaceAll("/", "")}.tf`)]: `${command}\n`, [quoted(command)]: "1" },
    });
  }
  const owners = COMMANDS.map((command) => `${command.replaceAll(" ", "\\ ")} ${command}\n`).join("");
  story.repository.add(
    { branch: "main", files: { ".github/CODEOWNERS": `* @mona\n${owners}` } },
    {
      branch: "topic",
      files: { ".github/CODEOWNERS": `* @mona\n${owners}`, ".github/countersign.yml": CONFIG },
    },
  );
}

describe("Names that terminals, runners and spreadsheets obey", () => {
  row.each([
    ["check", ["check", "--verbose"], [1]],
    [
      "check against a config of such names",
      ["check", "--base", "main", "--config", ".github/countersign.yml"],
      [1, 2],
    ],
    ["owners", ["owners"], [0]],
    ["owners without a known owner", ["owners", "--unowned"], [1]],
    ["dead lines", ["owners", "--dead"], [0, 1]],
    ["figures of owners", ["owners", "--stats"], [0]],
    ["scan", ["scan", "--config", "plain.yml"], [0]],
    ["scan with a config that cannot be read", ["scan"], [0, 2]],
    ["explain a commit", ["explain", "--commit", "topic~1", "--verbose"], [0, 2]],
    ["explain a folder", ["explain", "--path", "infra", "--verbose"], [0, 2]],
    ["validate", ["validate"], [1]],
    ["a ref that is none", ["check", "--base", COMMANDS[0] ?? ""], [2]],
    ["a repository that is none", ["check", "--repo", COMMANDS[2] ?? ""], [2]],
    ["a command that is none", ["##[group]check"], [2]],
    ["an option that is none", ["check", "--##vso[x]y\n::debug::x"], [2]],
  ])(
    "F05",
    "paths, messages, names, owners and arguments hold commands: %s",
    async (story, _what, args, codes) => {
      speak(story);
      story.repository.git("checkout", "--quiet", "-f", "topic");
      writeFileSync(join(story.directory, "plain.yml"), "version: 1\n");

      for (const format of args.length > 0 && args[0] !== "##[group]check" ? [[], ["--json"]] : [[]]) {
        const ran = await run(story.directory, ...args, ...format);

        expect(codes).toContain(ran.code);
        holdHarmless(story, ran);
        if (format.length > 0 && ran.stdout !== "") expect(() => JSON.parse(ran.stdout)).not.toThrow();
      }
    },
  );

  row("F05", "names of tools hold commands, in a spreadsheet and on a page", async (story) => {
    writeFileSync(join(story.directory, "try.yml"), CONFIG);
    for (const [index] of COMMANDS.entries()) {
      story.repository.add({
        branch: "topic",
        message: `Add\n\nX-T${index}: yes`,
        files: { [`a${index}`]: "1" },
      });
    }

    const ran = await run(story.directory, "scan", "--csv", "--html", "page.html", "--config", "try.yml");

    expect(ran).toMatchObject({ code: 0, stderr: "" });
    holdHarmless(story, ran);
    expect(ran.stdout.split("\r\n")).toHaveLength(COMMANDS.length + 4);
    for (const cell of ran.stdout.split(/[,;\r\n]+/)) expect(cell).not.toMatch(/^"?\s*[=+\-@]/);
    const page = readFileSync(join(story.directory, "page.html"), "utf8");
    expect(page).toContain("HYPERLINK(1)");
    expect(obeyed(page)).toEqual([]);
    const report = await run(story.directory, "scan", "--config", "try.yml");
    expect(report.code).toBe(0);
    expect(report.stdout).toContain("HYPERLINK(1)");
    holdHarmless(story, report);
  });

  row.each([["github"], ["sarif"], ["junit"]])(
    "F05",
    "paths, messages, names, owners and tools hold commands, in a format for machines: %s",
    async (story, format) => {
      speak(story);
      story.repository.git("checkout", "--quiet", "-f", "topic");
      const summary = join(story.directory, "summary.md");
      const args = ["check", "--config", ".github/countersign.yml", "--format", format];

      const ran = await inCi({ GITHUB_STEP_SUMMARY: summary }, () => run(story.directory, ...args));

      expect(ran.code).toBe(1);
      const isOwn = (line: string) =>
        format === "github" && /^::(?:error|warning|notice) (?:file|title)=/.test(line);
      expect(obeyed(ran.stdout).filter((line) => !isOwn(line))).toEqual([]);
      if (format === "sarif") expect(readSarif(ran.stdout).results.length).toBeGreaterThan(5);
      else if (format === "junit") expect(readJUnit(ran.stdout).length).toBeGreaterThan(1);
      else expect(commandsIn(ran.stdout)).toHaveLength(ran.stdout.split("\n").filter(isOwn).length);
      expect(obeyed(readFileSync(summary, "utf8"))).toEqual([]);
    },
  );

  row.each([["github"], ["sarif"], ["junit"]])(
    "F05",
    "names that CI and arguments give hold commands, and why it failed is told to machines: %s",
    async (story, format) => {
      const [command = ""] = COMMANDS;
      const branch = COMMANDS.join(" ");
      for (const args of [["--base", command], ["--repo", branch], []]) {
        const variables = { TF_BUILD: "True", SYSTEM_PULLREQUEST_TARGETBRANCH: branch };

        const ran = await inCi({ ...variables, SYSTEM_PULLREQUEST_SOURCECOMMITID: story.head }, () =>
          run(story.directory, "check", "--format", format, ...args),
        );

        expect(ran.code).toBe(2);
        expect(ran.stdout).not.toBe("");
        expect(obeyed(ran.stdout).filter((line) => !line.startsWith("::error title=countersign::"))).toEqual(
          [],
        );
        expect(commandsIn(ran.stdout)).toHaveLength(format === "github" ? 1 : 0);
        expect(obeyed(ran.stderr)).toEqual([]);
      }
    },
  );
});
