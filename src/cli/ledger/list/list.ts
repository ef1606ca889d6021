import { EXIT, type ExitCode } from "../../exit-code.ts";
import { printStream, type Streamed } from "../../output/print.ts";
import { type Progress, showProgress } from "../../output/progress.ts";
import { line } from "../../report/lines.ts";
import { grouped } from "../../scan/counts/figures.ts";
import { type LedgerPorts, withLedger } from "../ports.ts";
import { allEntries, type LedgerSource } from "../source.ts";
import { isWanted, type Wanted } from "./filter.ts";
import { type ToldEntry, toldOf } from "./told.ts";
import { wordsOf } from "./words.ts";

export interface ListOptions extends Wanted {
  readonly json?: true;
  readonly csv?: true;
}

/** `countersign ledger list`: prints the entries that are asked for, one after the other. Throws a `Failure`. */
export async function list(options: ListOptions, ports: LedgerPorts): Promise<ExitCode> {
  const { terminal } = ports;
  await withLedger(ports, "list", (reader, orFailed) => {
    const progress = showProgress(terminal);
    return orFailed(printStream(terminal, listed(reader, options, progress))).finally(progress.end);
  });
  return EXIT.pass;
}

/** Entries between two looks at the terminal. */
const AT_ONCE = 1_000;

async function* listed(
  source: LedgerSource,
  options: ListOptions,
  progress: Progress,
): AsyncIterable<Streamed> {
  if (options.csv) yield { as: "csv", of: HEAD };
  let read = 0;
  for await (const linked of allEntries(source)) {
    read += 1;
    if (read % AT_ONCE === 0) progress.report(`reading the ledger: ${grouped(read)} entries`);
    const entry = toldOf(linked);
    if (isWanted(linked, entry, options)) yield asAskedFor(entry, options);
  }
}

function asAskedFor(entry: ToldEntry, { json, csv }: ListOptions): Streamed {
  if (json) return { as: "json", of: entry };
  return csv ? { as: "csv", of: fieldsOfRow(entry) } : { as: "lines", of: lineOf(entry) };
}

const HEAD = [
  "installation",
  "entry",
  "at",
  "happened at",
  "repository",
  "pull request",
  "head",
  "kind",
  "what",
];

function fieldsOfRow(entry: ToldEntry): readonly string[] {
  const { installation, seq, at, happenedAt, repository, pull, head, kind } = entry;
  const fields = [installation, seq, at, happenedAt, repository, pull, head, kind, wordsOf(entry)];
  return fields.map((field) => String(field ?? ""));
}

const WIDEST_KIND = 16;

/** Columns whose widths do not depend on what is still to come. */
function lineOf(entry: ToldEntry) {
  const { at, kind, repository, pull } = entry;
  const when = at.slice(0, 16).replace("T", " ");
  const where = `${repository ?? ""}${pull === null ? "" : `#${pull}`}`;
  return line(
    0,
    { text: when, style: "dim" },
    `  ${kind.padEnd(WIDEST_KIND)}  `,
    { text: where, style: "bold" },
    `  ${wordsOf(entry)}`,
  );
}
