import { type Command, InvalidArgumentError, Option } from "commander";
import { ENTRY_KINDS } from "../../ledger/entry.ts";
import { readDate, type Span } from "../scan/history/period.ts";
import type { ExportOptions } from "./export/export.ts";
import type { ListOptions } from "./list/list.ts";
import type { VerifyOptions } from "./verify/verify.ts";

/** What the commands do. */
export interface LedgerRuns {
  readonly list: (options: ListOptions) => Promise<void>;
  readonly export: (options: ExportOptions) => Promise<void>;
  readonly verify: (file: string | undefined, options: VerifyOptions) => Promise<void>;
}

const HELP = `
The ledger is read from the store of COUNTERSIGN_DATA or DATABASE_URL, while the App goes on.
Dates are UTC.

Exit codes:
  0  it was read, and by verify nothing was found damaged
  1  verify found damage
  2  it could not be read, or the command was used incorrectly

Examples:
  countersign ledger list --repository acme/shop --exceptions
  countersign ledger list --person olga --from 2026-09 --csv
  countersign ledger export --from 2026-09 --to 2026-11 --repository acme/shop
  countersign ledger verify --anchor 5f0c…
  countersign ledger verify countersign-export-2026-09-to-2026-11 --keys keys.json
`;

export function addLedger(program: Command, runs: LedgerRuns): Command {
  const ledger = program
    .command("ledger")
    .description("Read what was decided, export it for an audit, and check that nobody changed it.")
    .addHelpText("after", HELP);
  addList(ledger, runs.list);
  addExport(ledger, runs.export);
  addVerify(ledger, runs.verify);
  return ledger;
}

interface ListFlags extends Omit<ListOptions, "from" | "until" | "kinds"> {
  readonly from?: Span;
  readonly to?: Span;
  readonly kind?: readonly string[];
}

function addList(ledger: Command, run: LedgerRuns["list"]): void {
  ledger
    .command("list")
    .description("print the entries of the ledger, oldest first")
    .option("--from <date>", "from this day, month or year on: 2026-03-14, 2026-03 or 2026", dateOf)
    .option("--to <date>", "up to and including this day, month or year", dateOf)
    .option("--repository <owner/repo>", "of this repository, as it was called then", repositoryOf)
    .option("--pull <number>", "of this pull request", numberOf)
    .addOption(
      new Option("--kind <kind>", "of this kind; repeat it for several")
        .choices(ENTRY_KINDS)
        .argParser((kind: string, before: readonly string[] = []) => [...before, kindOf(kind)]),
    )
    .option("--person <login>", "that name this person, by login or numeric id")
    .option("--area <name>", "that concern this area")
    .option("--exceptions", "only what is not as the policy wants it: bypasses, overrides, refusals")
    .addOption(new Option("--json", "print one JSON document a line").conflicts("csv"))
    .option("--csv", "print CSV")
    .action(({ from, to, kind, ...options }: ListFlags) =>
      run({
        ...options,
        ...(from && { from: from.from * 1000 }),
        ...(to && { until: (to.until + 1) * 1000 }),
        ...(kind && { kinds: kind }),
      }),
    );
}

function addExport(ledger: Command, run: LedgerRuns["export"]): void {
  ledger
    .command("export")
    .description("write all changes of governed branches in a period to a folder, exceptions first")
    .requiredOption("--from <date>", "from this day, month or year on: 2026-03-14, 2026-03 or 2026", dateOf)
    .requiredOption("--to <date>", "up to and including this day, month or year", dateOf)
    .option("--repository <owner/repo>", "of this repository alone", repositoryOf)
    .option("--out <folder>", "the new folder (default: one named by the period)")
    .option("--compare", "ask GitHub what was merged, with your token, and list what differs")
    .option("--json", "print one JSON document")
    .action(run);
}

function addVerify(ledger: Command, run: LedgerRuns["verify"]): void {
  ledger
    .command("verify")
    .description("check the App's ledger, an export or a signed statement, offline")
    .argument("[file]", "the folder of an export, or the file of a bundle (default: the App's ledger)")
    .option(
      "--anchor <hash>",
      "a hash of the ledger that was noted elsewhere, as in a check; repeat it for several",
      (text: string, before: readonly string[]) => [...before, hashOf(text)],
      [],
    )
    .option("--keys <file>", "the App's public keys, as a copy of /.well-known/countersign/keys.json")
    .option("--json", "print one JSON document")
    .action(run);
}

function dateOf(text: string): Span {
  const span = readDate(text);
  if (span === null) throw new InvalidArgumentError("Expected a day, month or year, such as 2026-03-14.");
  return span;
}

function repositoryOf(text: string): string {
  if (!/^[\w.-]+\/[\w.-]+$/.test(text)) throw new InvalidArgumentError("Expected OWNER/REPO.");
  return text;
}

function numberOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("Expected a number.");
  return Number(text);
}

function kindOf(text: string): string {
  if (!ENTRY_KINDS.some((kind) => kind === text))
    throw new InvalidArgumentError(`Expected one of ${ENTRY_KINDS.join(", ")}.`);
  return text;
}

function hashOf(text: string): string {
  const hash = text.toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new InvalidArgumentError("Expected 64 hexadecimal digits.");
  return hash;
}
