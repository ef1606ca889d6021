import { type Command, InvalidArgumentError, Option } from "commander";
import { collectLogins, plainLogin } from "../logins.ts";
import type { CheckOptions } from "./check.ts";
import { FORMAT_NAMES } from "./format.ts";

const HELP = `
On GitHub Actions, GitLab CI/CD, Azure Pipelines and Jenkins, base and head are those of the pull
request that the job runs for, unless they are given. See docs/ci.md.

The config and CODEOWNERS are read from the base branch, never from the branch being checked.
People are told apart by e-mail: a GitHub noreply address names its account; any other address
counts as one person. Only GitHub knows approvals and the members of teams, so give them with
--approved-by and --team.

Exit codes:
  0  it may merge, there is nothing to check, or the config only observes
  1  it would be blocked
  2  it could not be evaluated, or the command was used incorrectly

Examples:
  countersign check                                  this branch against origin's default branch
  countersign check --base origin/release/2          against another branch
  countersign check --approved-by mona               would it pass if mona approved it now?
  countersign check --team acme/sre=mona,omar        with the members of a team
  countersign check --config countersign.yml --json  with another config, as JSON
  countersign check --format sarif > check.sarif     for code scanning
`;

const ONLY_FOR_A_BRANCH = [
  "base",
  "head",
  "repo",
  "approvedBy",
  "team",
  "config",
  "organizationConfig",
  "format",
];

export function addCheck(
  program: Command,
  run: (options: CheckOptions & { readonly snapshot?: string }) => Promise<void>,
): void {
  program
    .command("check")
    .description("Evaluate a local branch as if it were a pull request, without a server or a network.")
    .option("--base <ref>", "base branch (default: origin/HEAD, origin/main, main, …)")
    .option("--head <ref>", "branch or commit to evaluate (default: HEAD)")
    .option("--repo <dir>", "folder inside the repository", ".")
    .option("--approved-by <login...>", "evaluate as if these users had approved it now", collectLogins)
    .option("--team <members>", "ORG/SLUG=LOGIN,LOGIN: the members of a team; repeatable", collectTeam)
    .option("--config <file>", "config to use instead of the base branch's")
    .option(
      "--organization-config <file>",
      "the organization's config, which the repository's can only raise",
    )
    .addOption(
      new Option(
        "--snapshot <file>",
        "evaluate a snapshot written by simulate instead of a branch",
      ).conflicts(ONLY_FOR_A_BRANCH),
    )
    .option("--verbose", "show every path, commit and piece of evidence")
    .addOption(new Option("--json", "print one JSON document").conflicts("format"))
    .addOption(
      new Option(
        "--format <format>",
        "how to print it (default: text; on GitHub Actions: github, which is text with annotations)",
      ).choices(FORMAT_NAMES),
    )
    .addHelpText("after", HELP)
    .action(run);
}

function collectTeam(
  value: string,
  teams: ReadonlyMap<string, readonly string[]> = new Map(),
): ReadonlyMap<string, readonly string[]> {
  const [, team, members] = /^@?([^/=\s]+\/[^/=\s]+)=(.*)$/.exec(value) ?? [];
  const logins = (members ?? "").split(",").filter((login) => login.trim() !== "");
  if (team === undefined || logins.length === 0) {
    throw new InvalidArgumentError("Expected ORG/SLUG=LOGIN,LOGIN, such as acme/sre=mona,omar.");
  }
  const key = team.toLowerCase();
  return new Map([...teams, [key, [...(teams.get(key) ?? []), ...logins.map(plainLogin)]]]);
}
