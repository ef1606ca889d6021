import { type Command, InvalidArgumentError, Option } from "commander";
import { readDate, type Span } from "./history/period.ts";
import type { ScanOptions } from "./scan.ts";

const HELP = `
Months and dates are UTC, by the committer's clock. Production areas are those of HEAD's config.
A commit counts as AI-written if it carries the mark of a tool. A commit without one may still be.

Exit codes:
  0  the history was read
  2  it could not be read, or the command was used incorrectly

Examples:
  countersign scan                            the history of this repository's HEAD
  countersign scan ../shop --since 2026       another repository, from 2026 on
  countersign scan --all --no-merges --json   every ref, as JSON
  countersign scan --html shop.html           also write a page with a chart, in one file
  countersign scan --ledger --html shop.html  the same, and whether review keeps up
  countersign scan --config countersign.yml   what would this config have asked for?
`;

export function addScan(
  program: Command,
  run: (directory: string, options: ScanOptions) => Promise<void>,
): void {
  program
    .command("scan")
    .description("Show who wrote a repository over time, and what the policy would have asked for.")
    .argument("[repo]", "folder inside the repository", ".")
    .addOption(
      new Option("--ref <ref>", "branch, tag or commit to start from (default: HEAD)").conflicts("all"),
    )
    .option("--all", "every ref except notes and stashes")
    .option("--since <date>", "from this day, month or year: 2026-03-14, 2026-03 or 2026", dateOf)
    .option("--until <date>", "up to and including this day, month or year", dateOf)
    .option("--no-merges", "leave out merges")
    .option("--config <file>", "config to use instead of HEAD's")
    .option("--html <file>", "also write a page with a chart to this file")
    .option(
      "--ledger",
      "also tell how changes were reviewed, by the store of COUNTERSIGN_DATA or DATABASE_URL",
    )
    .addOption(new Option("--json", "print one JSON document").conflicts("csv"))
    .option(
      "--csv",
      "print CSV, one row for each month and tool; with --ledger, for each figure of its weeks",
    )
    .addHelpText("after", HELP)
    .action(run);
}

function dateOf(text: string): Span {
  const span = readDate(text);
  if (span === null) throw new InvalidArgumentError("Expected a day, month or year, such as 2026-03-14.");
  return span;
}
