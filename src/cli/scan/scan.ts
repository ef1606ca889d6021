import { withStore } from "../app-store.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { writeOrdinaryFile } from "../files/ordinary-file.ts";
import type { Environment } from "../github/host.ts";
import { readHistory } from "../local-git/objects/history.ts";
import { findRepository, NO_OWNER } from "../local-git/repository/repository.ts";
import { orFailureDocument } from "../output/failure-document.ts";
import { printCsv, printJson, printReport } from "../output/print.ts";
import { showProgress } from "../output/progress.ts";
import { readPolicy } from "../policy-in-force.ts";
import { askedFolder, pageOf, type Terminal } from "../terminal.ts";
import { grouped } from "./counts/figures.ts";
import { createJudge } from "./counts/judge-commit.ts";
import { Counter } from "./counts/tally.ts";
import { findHistory, type Selection, selectedBy } from "./history/selection.ts";
import { htmlOf } from "./page/page.ts";
import { rowsOf } from "./report/csv.ts";
import { documentOf } from "./report/document.ts";
import { reportOf } from "./report/report.ts";
import { reviewRows } from "./review/document.ts";
import { readReview } from "./review/read.ts";
import type { Scan } from "./scanned.ts";

export interface ScanOptions extends Selection {
  readonly config?: string;
  readonly json?: true;
  readonly csv?: true;
  readonly html?: string;
  readonly ledger?: true;
}

export interface ScanRun {
  readonly options: ScanOptions;
  readonly environment: Environment;
}

/** `countersign scan`: reads a whole history and says who wrote it. Throws a `Failure` when it cannot. */
export async function scan(
  directory: string,
  { options, environment }: ScanRun,
  terminal: Terminal,
): Promise<ExitCode> {
  await orFailureDocument(options.json ?? false, terminal, async () => {
    const history = await readScan(directory, options, terminal);
    const scanned = options.ledger ? await withReview(history, { options, environment }, terminal) : history;
    if (options.html !== undefined) await writePage(options.html, scanned, terminal);
    print(scanned, options, terminal);
  });
  return EXIT.pass;
}

async function readScan(directory: string, options: ScanOptions, terminal: Terminal): Promise<Scan> {
  const repository = await findRepository(askedFolder(terminal, directory, "countersign scan DIR"));
  const { git, refs, owner, name, cut } = repository;
  const [history, { policy, told }] = await Promise.all([
    findHistory(refs, options, cut.size > 0),
    options.config === undefined
      ? readPolicy(repository)
      : readPolicy(repository, { config: options.config, directory: terminal.directory }),
  ]);
  const now = terminal.now();
  const judge = createJudge({ policy, now: now.getTime() / 1000, cut });
  const counter = new Counter();
  const progress = showProgress(terminal);
  let read = 0;
  await readHistory(git, await selectedBy(refs, options, history), (commit) => {
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

/** Throws a `Failure` when the App's store cannot be read. */
async function withReview(
  history: Scan,
  { options: { since, until }, environment }: ScanRun,
  { directory, now }: Terminal,
): Promise<Scan> {
  const { owner, name } = history.repository;
  if (owner === NO_OWNER)
    throw new Failure("--ledger needs a remote that says which repository of GitHub's this is");
  const period = {
    ...(since && { from: since.from * 1000 }),
    ...(until && { until: (until.until + 1) * 1000 - 1 }),
  };
  const review = await withStore({ directory, environment, command: "scan" }, (reader, orFailed) =>
    orFailed(readReview(reader, `${owner}/${name}`, period)),
  );
  return { ...history, reviewed: { ...review, now: now().getTime() } };
}

function print(scanned: Scan, { json, csv }: ScanOptions, terminal: Terminal): void {
  if (json) printJson(terminal, documentOf(scanned));
  else if (csv) printCsv(terminal, scanned.reviewed ? reviewRows(scanned.reviewed) : rowsOf(scanned.counts));
  else printReport(terminal.stdout, reportOf(scanned, pageOf(terminal.stdout).width));
}

async function writePage(file: string, scanned: Scan, { directory }: Terminal): Promise<void> {
  await writeOrdinaryFile(directory, file, htmlOf(scanned));
}
