import { readFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { escapeInvisible } from "../signoff/wording/visible.ts";
import type { CheckOptions } from "./check.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { addExplain } from "./explain/command.ts";
import { Failure } from "./failure.ts";
import { addOwners } from "./owners/command.ts";
import { addScan } from "./scan/command.ts";
import { addSimulate } from "./simulate/command.ts";
import { addSnapshot } from "./snapshot/command.ts";
import type { Terminal } from "./terminal.ts";
import { addValidate } from "./validate/command.ts";

const CHECK_HELP = `
Accounts are told apart by e-mail: GitHub's noreply addresses name the account, any other address is
taken for one person. What GitHub alone knows is supposed with --approved-by and --team.
The config and CODEOWNERS are those of the base, never those of the head.

Exit codes:
  0  it may merge, or nothing is to be checked, or the config only observes
  1  it would be blocked
  2  it could not be evaluated, or the command was used wrongly

Examples:
  countersign check                                  this branch against origin's default branch
  countersign check --base origin/release/2          against another branch
  countersign check --approved-by mona               would it pass if mona approved it now?
  countersign check --team acme/sre=mona,omar        say who is in a team
  countersign check --config countersign.yml --json  try a config, answer as JSON
`;

/** Runs `countersign` with these arguments. Never throws for what a user or a repository can get wrong. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.pass;
  const complain = (message: string): void => {
    terminal.stderr.write(`countersign: ${escapeInvisible(message)}\n`);
  };
  const program = new Command("countersign")
    .description("Makes a human owner countersign what an AI wrote before it can merge.")
    .version(ownVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: (text) =>
        complain(
          text
            .replace(/^error: /, "")
            .trim()
            .replaceAll("\n", " "),
        ),
    })
    .configureHelp({ helpWidth: 100 });
  // Each command loads what it needs and no more: loading everything takes longer than most of them.
  addCheck(program, async ({ snapshot, ...options }) => {
    const [{ check }, { checkSnapshot }] = await Promise.all([
      import("./check.ts"),
      import("./check-snapshot.ts"),
    ]);
    code = await (snapshot === undefined
      ? check(options, terminal)
      : checkSnapshot({ snapshot, ...options }, terminal));
  });
  addScan(program, async (directory, options) => {
    const { scan } = await import("./scan/scan.ts");
    code = await scan(directory, options, terminal);
  });
  addExplain(program, async (what, options) => {
    const { explain } = await import("./explain/explain.ts");
    code = await explain(what, options, terminal);
  });
  addOwners(program, async (paths, options) => {
    const { owners } = await import("./owners/owners.ts");
    code = await owners(paths, options, terminal);
  });
  addSimulate(program, async (pull, options) => {
    const { simulate } = await import("./simulate/simulate.ts");
    code = await simulate({ pull, options, environment: process.env }, terminal);
  });
  addSnapshot(program, async (pull, options) => {
    const { snapshot } = await import("./snapshot/snapshot.ts");
    code = await snapshot({ pull, options, environment: process.env }, terminal);
  });
  addValidate(program, async (files, options) => {
    const { validate } = await import("./validate/validate.ts");
    code = await validate(files, options, terminal);
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.notEvaluated;
    complain(error instanceof Failure ? error.message : `unexpected: ${String(error)}`);
    return EXIT.notEvaluated;
  }
}

function addCheck(
  program: Command,
  run: (options: CheckOptions & { readonly snapshot?: string }) => Promise<void>,
): void {
  program
    .command("check")
    .description("Evaluate a local git branch as if it were a pull request: no server, no network.")
    .option("--base <ref>", "what it would merge into (default: origin/HEAD, origin/main, main, …)")
    .option("--head <ref>", "the branch or commit to judge", "HEAD")
    .option("--repo <dir>", "a folder in the repository", ".")
    .option(
      "--approved-by <login...>",
      "suppose these people approve it now, with write permission",
      collectLogin,
    )
    .option("--team <members>", "ORG/SLUG=LOGIN,LOGIN: suppose who is in a team; repeat it", collectTeam)
    .option("--config <file>", "a config to try instead of the base's")
    .option("--organization-config <file>", "the organization's config: the floor under this one")
    .addOption(
      new Option("--snapshot <file>", "judge what simulate --snapshot kept, instead of a branch").conflicts([
        "base",
        "head",
        "repo",
        "approvedBy",
        "team",
        "config",
        "organizationConfig",
      ]),
    )
    .option("--verbose", "every path, commit and piece of evidence")
    .option("--json", "one JSON document instead of text")
    .addHelpText("after", CHECK_HELP)
    .action(run);
}

function collectLogin(login: string, logins: readonly string[] = []): readonly string[] {
  return [...logins, plainLogin(login)];
}

function collectTeam(
  value: string,
  teams: ReadonlyMap<string, readonly string[]> = new Map(),
): ReadonlyMap<string, readonly string[]> {
  const [, team, members] = /^@?([^/=\s]+\/[^/=\s]+)=(.*)$/.exec(value) ?? [];
  const logins = (members ?? "").split(",").filter((login) => login.trim() !== "");
  if (team === undefined || logins.length === 0) {
    throw new InvalidArgumentError("It is ORG/SLUG=LOGIN,LOGIN, as in acme/sre=mona,omar.");
  }
  const key = team.toLowerCase();
  return new Map([...teams, [key, [...(teams.get(key) ?? []), ...logins.map(plainLogin)]]]);
}

function ownVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  const { version }: { readonly version: string } = JSON.parse(readFileSync(file, "utf8"));
  return version;
}

function plainLogin(login: string): string {
  return login.trim().replace(/^@/, "");
}
