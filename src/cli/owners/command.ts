import { type Command, Option } from "commander";
import type { OwnersOptions } from "./owners.ts";

const HELP = `
A path is a file or a folder, from here or, with a slash before it, from the root of the repository;
a file that is still to be written may be named too. Files and CODEOWNERS are those of the commit,
never those on disk. Whether owners exist and may write is not asked: only GitHub knows.

Exit codes:
  0  it was answered; with --unowned or --dead: there is none
  1  with --unowned or --dead: there are some
  2  it could not be read, or the command was used wrongly

Examples:
  countersign owners                         every file, its owners and the line that decides
  countersign owners src/api new/file.ts     a folder, and a file that is still to be written
  countersign owners --unowned               files that nobody owns
  countersign owners --dead                  lines that decide nothing
  countersign owners --stats --ref v2.1      how many files each owner has, at a tag
  countersign owners --json | jq -r '.files[].owners[]' | sort | uniq -c
`;

export function addOwners(
  program: Command,
  run: (paths: readonly string[], options: OwnersOptions) => Promise<void>,
): void {
  program
    .command("owners")
    .description("Say who owns what by CODEOWNERS, and by which line.")
    .argument("[paths...]", "files or folders (default: all)")
    .option("--ref <ref>", "the branch or commit to read", "HEAD")
    .option("--repo <dir>", "a folder in the repository", ".")
    .addOption(new Option("--unowned", "only what nobody is known to own").conflicts(["dead", "stats"]))
    .addOption(new Option("--dead", "the lines that decide nothing").conflicts(["stats", "unowned"]))
    .addOption(new Option("--stats", "files per owner, a table").conflicts(["dead", "unowned"]))
    .option("--json", "one JSON document instead of text")
    .addHelpText("after", HELP)
    .action(run);
}
