import { type Command, Option } from "commander";
import type { OwnersOptions } from "./owners.ts";

const HELP = `
A path is relative to the current folder, or to the root of the repository if it begins with a
slash. It may name a file that does not exist yet. Files and CODEOWNERS are read from the commit,
never from disk. Only GitHub knows whether an owner exists and has write access; it is not asked.

Exit codes:
  0  answered; with --unowned or --dead: none found
  1  with --unowned or --dead: some found
  2  it could not be read, or the command was used incorrectly

Examples:
  countersign owners                         every file, its owners and the line that decides
  countersign owners src/api new/file.ts     a folder, and a file that does not exist yet
  countersign owners --unowned               files without an owner
  countersign owners --dead                  lines that never decide
  countersign owners --stats --ref v2.1      how many files each owner has, at a tag
  countersign owners --json | jq -r '.files[].owners[]' | sort | uniq -c
`;

export function addOwners(
  program: Command,
  run: (paths: readonly string[], options: OwnersOptions) => Promise<void>,
): void {
  program
    .command("owners")
    .description("Show who owns each file according to CODEOWNERS, and which line says so.")
    .argument("[paths...]", "files or folders (default: all)")
    .option("--ref <ref>", "branch, tag or commit to read (default: HEAD)")
    .option("--repo <dir>", "folder inside the repository", ".")
    .addOption(new Option("--unowned", "only files without a known owner").conflicts(["dead", "stats"]))
    .addOption(new Option("--dead", "lines that never decide").conflicts(["stats", "unowned"]))
    .addOption(new Option("--stats", "a table of files per owner").conflicts(["dead", "unowned"]))
    .option("--json", "print one JSON document")
    .addHelpText("after", HELP)
    .action(run);
}
