import { type Command, Option } from "commander";
import type { ExplainOptions } from "./explain.ts";

const HELP = `
What can be a commit is taken for one, anything else for a path; --commit and --path settle it.
The config and CODEOWNERS are HEAD's. What GitHub alone knows (approvals, teams, the pull request)
is no part of the answer.

Exit codes:
  0  it was explained
  2  it could not be read, or the command was used wrongly

Examples:
  countersign explain HEAD               who wrote the last commit, and why do we say so?
  countersign explain 9fceb02 --json     the same of another one, as JSON
  countersign explain infra/main.tf      who has to sign for this file, and why?
  countersign explain infra/             for all files of a folder
  countersign explain --path new/db.tf   for a file that is still to be written
`;

export function addExplain(
  program: Command,
  run: (what: string, options: ExplainOptions) => Promise<void>,
): void {
  program
    .command("explain")
    .description("Say why a commit is judged as it is, or what a path asks for.")
    .argument("<commit-or-path>", "a commit, or a file or folder")
    .option("--repo <dir>", "a folder in the repository", ".")
    .addOption(new Option("--commit", "take it for a commit").conflicts("path"))
    .option("--path", "take it for a path, which need not exist")
    .option("--verbose", "every path")
    .option("--json", "one JSON document instead of text")
    .addHelpText("after", HELP)
    .action(run);
}
