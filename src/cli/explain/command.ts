import { type Command, Option } from "commander";
import type { ExplainOptions } from "./explain.ts";

const HELP = `
A name that could be both a commit and a path needs --commit or --path. The config and CODEOWNERS
are read at HEAD. The answer leaves out what only GitHub knows: approvals, teams and the pull
request.

Exit codes:
  0  explained
  2  it could not be read, or the command was used incorrectly

Examples:
  countersign explain HEAD               who wrote the last commit, and how do we know?
  countersign explain 9fceb02 --json     the same for another commit, as JSON
  countersign explain infra/main.tf      who must countersign a change to this file, and why?
  countersign explain infra/             the same for every file in a folder
  countersign explain --path new/db.tf   the same for a file that does not exist yet
`;

export function addExplain(
  program: Command,
  run: (what: string, options: ExplainOptions) => Promise<void>,
): void {
  program
    .command("explain")
    .description("Explain the verdict on a commit, or who must countersign a path.")
    .argument("<commit-or-path>", "a commit, a file or a folder")
    .option("--repo <dir>", "folder inside the repository", ".")
    .addOption(new Option("--commit", "treat the argument as a commit").conflicts("path"))
    .option("--path", "treat the argument as a path, which need not exist")
    .option("--verbose", "show every path")
    .option("--json", "print one JSON document")
    .addHelpText("after", HELP)
    .action(run);
}
