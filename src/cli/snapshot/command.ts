import type { Command } from "commander";
import { pullNameOf } from "../simulate/command.ts";
import type { PullName } from "../simulate/read.ts";
import type { SnapshotOptions } from "./snapshot.ts";

const HELP = `
Reads the pull request from GitHub and what the App remembers of it from the App's store; nothing is
written to either. The token is read from GITHUB_TOKEN or GH_TOKEN and sent only to the host in GHE_HOST
(default: github.com). DATABASE_URL names a PostgreSQL store. The App may keep running.

People, teams and organizations get pseudonyms, and texts and the content of files are left out. Machines,
lines with signals, paths, CODEOWNERS and the config stay readable, because the verdict depends on them.
Read the file before you publish it.

Exit codes:
  0  the snapshot was written
  2  it could not be read, or the command was used incorrectly

Examples:
  countersign snapshot acme/shop#7 --output seen.json
  countersign snapshot acme/shop#7 --data /data --output seen.json   an App that stores in /data
  countersign check --snapshot seen.json                             evaluate it, without a network
`;

export function addSnapshot(
  program: Command,
  run: (pull: PullName, options: SnapshotOptions) => Promise<void>,
): void {
  program
    .command("snapshot")
    .description("Save what the App knows about a pull request, without names and texts, for a bug report.")
    .argument("<pull>", "OWNER/REPO#NUMBER, or the URL of its page", pullNameOf)
    .option("--data <dir>", "the App's data folder (default: COUNTERSIGN_DATA, or .countersign)")
    .option("--output <file>", "write to a file instead of standard output")
    .addHelpText("after", HELP)
    .action(run);
}
