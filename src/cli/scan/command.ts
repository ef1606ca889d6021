import { type Command, InvalidArgumentError, Option } from "commander";
import { readDate, type Span } from "./history/period.ts";
import type { ScanOptions } from "./scan.ts";

const HELP = `
Months and dates are UTC, by the clock of who committed. Production is what HEAD's config says.
A commit counts as an AI's when it carries a tool's mark; of a commit without one nothing is known.

Exit codes:
  0  the history was read
  2  it could not be read, or the command was used wrongly

Examples:
  countersign scan                            what HEAD of this repository goes back to
  countersign scan ../shop --since 2026       another repository, from 2026 on
  countersign scan --all --no-merges --json   every ref, answer as JSON
  countersign scan --html shop.html           also write a page with a chart, one file
  countersign scan --config countersign.yml   what would this config have asked?
`;

export function addScan(
  program: Command,
  run: (directory: string, options: ScanOptions) => Promise<void>,
): void {
  program
    .command("scan")
    .description(
      "Read a repository's whole history: who wrote it over time, and what the policy would have asked.",
    )
    .argument("[repo]", "a folder in the repository", ".")
    .addOption(
      new Option("--ref <ref>", "the branch or commit to go back from (default: HEAD)").conflicts("all"),
    )
    .option("--all", "every ref but notes and stashes")
    .option("--since <date>", "from this day, month or year on: 2026-03-14, 2026-03 or 2026", dateOf)
    .option("--until <date>", "up to this day, month or year, all of it included", dateOf)
    .option("--no-merges", "leave merges out")
    .option("--config <file>", "a config to try instead of HEAD's")
    .option("--html <file>", "write a page with a chart to this file, beside the answer")
    .addOption(new Option("--json", "one JSON document instead of text").conflicts("csv"))
    .option("--csv", "one row for each month and tool instead of text")
    .addHelpText("after", HELP)
    .action(run);
}

function dateOf(text: string): Span {
  const span = readDate(text);
  if (span === null) throw new InvalidArgumentError("It is a day, month or year, as in 2026-03-14.");
  return span;
}
