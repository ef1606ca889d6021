import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { orFailureDocument, printJson } from "../json.ts";
import { printLines } from "../report/lines.ts";
import { findRepository } from "../local-git/repository.ts";
import { pageOf, showProgress, type Terminal } from "../terminal.ts";
import { csvOf } from "./report/csv.ts";
import { documentOf } from "./report/document.ts";
import { grouped } from "./counts/figures.ts";
import { readHistory } from "./history/history.ts";
import { createJudge } from "./counts/judge-commit.ts";
import { htmlOf } from "./page/page.ts";
import { readPolicy } from "../policy-in-force.ts";
import { reportOf } from "./report/report.ts";
import type { Scan } from "./scanned.ts";
import { argumentsFor, findHistory, type Selection } from "./history/selection.ts";
import { Counter } from "./counts/tally.ts";

export interface ScanOptions extends Selection {
  readonly config?: string;
  readonly json?: true;
  readonly csv?: true;
  readonly html?: string;
}

/** `countersign scan`: reads a whole history and says who wrote it. Throws a `Failure` when it cannot. */
export async function scan(directory: string, options: ScanOptions, terminal: Terminal): Promise<ExitCode> {
  await orFailureDocument(options.json ?? false, terminal, async () => {
    const scanned = await readScan(directory, options, terminal);
    if (options.html !== undefined) await writePage(options.html, scanned, terminal);
    print(scanned, options, terminal);
  });
  return EXIT.pass;
}

async function readScan(directory: string, options: ScanOptions, terminal: Terminal): Promise<Scan> {
  const folder = resolve(terminal.directory, directory);
  const { git, owner, name, shallow } = await findRepository(folder, "countersign scan DIR");
  const [history, { policy, told }] = await Promise.all([
    findHistory(git, options, shallow),
    options.config === undefined
      ? readPolicy(git)
      : readPolicy(git, { config: options.config, directory: terminal.directory }),
  ]);
  const now = terminal.now();
  const judge = createJudge({ policy, now: now.getTime() / 1000, cut: shallow });
  const counter = new Counter();
  const progress = showProgress(terminal);
  let read = 0;
  await readHistory(git, argumentsFor(options, history), (commit) => {
    const counted = judge(commit);
    counter.add(counted);
    read += 1;
    if (read % 1000 === 0) {
      progress.report(`reading commits: ${grouped(read)}, back to ${counted.month ?? "no date"}`);
    }
  }).finally(progress.end);
  return {
    repository: { owner, name },
    history,
    policy: told,
    currentMonth: now.toISOString().slice(0, 7),
    counts: counter.counts(),
  };
}

function print(scanned: Scan, { json, csv }: ScanOptions, terminal: Terminal): void {
  const { stdout } = terminal;
  const page = pageOf(stdout);
  if (json) printJson(terminal, documentOf(scanned));
  else stdout.write(csv ? csvOf(scanned.counts) : printLines(reportOf(scanned, page.width), page));
}

async function writePage(file: string, scanned: Scan, { directory }: Terminal): Promise<void> {
  try {
    await writeFile(resolve(directory, file), htmlOf(scanned));
  } catch (error) {
    throw new Failure(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
