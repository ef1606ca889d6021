import { setTimeout } from "node:timers/promises";
import type { Replayed } from "../../backtest/replayed.ts";
import { apiBaseUrl, pagesUrl } from "../../github/client/base-url.ts";
import { openPast } from "../../github/reading/read-snapshot.ts";
import type { PastPull } from "../../signoff/past.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { writeOrdinaryFile } from "../files/ordinary-file.ts";
import type { Environment } from "../github/host.ts";
import { openOctokit } from "../github/octokit.ts";
import { withPersonToken } from "../github/person-token.ts";
import type { RepositoryName } from "../github/repository-name.ts";
import { orFailureDocument } from "../output/failure-document.ts";
import { complain, printJson, printReport } from "../output/print.ts";
import { showProgress } from "../output/progress.ts";
import type { Terminal } from "../terminal.ts";
import { asFailure } from "./as-failure.ts";
import { Budget } from "./budget.ts";
import { gateOf } from "./gate.ts";
import { onInterrupt } from "./interrupt.ts";
import { type Kept, openKept, usualFolder } from "./kept.ts";
import { meteredClient } from "./metered-client.ts";
import { candidatesOf, TODAY } from "./policies.ts";
import { replayAll } from "./replay-all.ts";
import { documentOf } from "./report/document.ts";
import { htmlOf } from "./report/page.ts";
import { reportOf } from "./report/report.ts";
import { rowHead, rowOf } from "./report/rows.ts";
import { type Backtest, isWhole } from "./tested.ts";

export interface BacktestOptions {
  readonly last: number;
  readonly config?: readonly string[];
  readonly most: number;
  readonly state?: string;
  readonly fresh?: true;
  readonly html?: string;
  readonly json?: true;
}

export interface BacktestRun {
  readonly repository: RepositoryName;
  readonly options: BacktestOptions;
  readonly environment: Environment;
}

/** `countersign backtest`: replays policies over merged pull requests. Throws a `Failure` when it cannot. */
export async function backtest(run: BacktestRun, terminal: Terminal): Promise<ExitCode> {
  const { json = false, html } = run.options;
  const tested = await orFailureDocument(json, terminal, async () => {
    const done = await readAndReplay(run, terminal).catch((error: unknown) => {
      throw asFailure(error, run.repository);
    });
    if (html !== undefined) await writeOrdinaryFile(terminal.directory, html, htmlOf(done));
    return done;
  });
  if (json) printJson(terminal, documentOf(tested));
  else printReport(terminal.stdout, reportOf(tested));
  return isWhole(tested) ? EXIT.pass : EXIT.notEvaluated;
}

async function readAndReplay(run: BacktestRun, terminal: Terminal): Promise<Backtest> {
  const { repository: named, options } = run;
  const environment = await withPersonToken(run, terminal.directory);
  const budget = new Budget(options.most);
  const interrupt = onInterrupt();
  interrupt.signal.addEventListener("abort", () => {
    budget.stop({ kind: "interrupted" });
    complain(terminal, "waiting for what is asked already; press Ctrl-C again to end at once");
  });
  try {
    const client = meteredClient(openOctokit(environment), { budget, wait: (ms) => setTimeout(ms) });
    const reader = await openPast(client, named, terminal.now());
    const { sources, repository } = reader.place;
    const { owner, repo } = repository;
    const { directory } = terminal;
    const candidates = await candidatesOf(options.config ?? [TODAY], { sources, directory });
    const kept = await openKept(directory, options.state ?? usualFolder({ owner, repo, environment }));
    const { pulls, complete } = await reader.merged(options.last);
    const known = options.fresh ? new Map<number, PastPull>() : await knownOf(kept, pulls);
    const { read, followsLinks } = await reader.reading(pulls.filter(({ number }) => !known.has(number)));
    const { keep } = kept;
    const { withAuthority } = reader;
    const onPull = shower(pulls.length, run, terminal);
    const all = await replayAll({ pulls, known, read, keep, budget, candidates, withAuthority, onPull });
    const host = pagesUrl(apiBaseUrl(environment));
    const gate = await gateOf({ client, owner, repo, host, now: terminal.now() });
    return {
      repository: { owner, name: repo },
      askedAs: isSame(named, { owner, repo }) ? null : `${named.owner}/${named.repo}`,
      last: options.last,
      found: pulls.length,
      complete,
      ...all,
      gate,
      followsLinks,
      cost: { requests: budget.asked, kept: known.size },
      folder: kept.folder,
    };
  } finally {
    interrupt.end();
  }
}

type Named = Pick<RepositoryName, "owner" | "repo">;

function isSame(one: Named, other: Named): boolean {
  return `${one.owner}/${one.repo}`.toLowerCase() === `${other.owner}/${other.repo}`.toLowerCase();
}

type Pulls = readonly Parameters<Kept["find"]>[0][];

async function knownOf(kept: Kept, pulls: Pulls): Promise<ReadonlyMap<number, PastPull>> {
  const found = new Map<number, PastPull>();
  for (const pull of pulls) {
    const past = await kept.find(pull);
    if (past !== null) found.set(pull.number, past);
  }
  return found;
}

/** Shows each pull request as it comes, where somebody would have been asked or an AI wrote it. */
function shower(all: number, { options }: BacktestRun, terminal: Terminal) {
  const progress = showProgress(terminal);
  let seen = 0;
  let shown = 0;
  return (replayed: Replayed | null) => {
    seen += 1;
    if (seen === all) progress.end();
    else progress.report(`reading merged pull requests: ${seen} of ${all}`);
    if (options.json || replayed === null || !isShown(replayed)) return;
    progress.end();
    printReport(terminal.stdout, [...(shown === 0 ? rowHead() : []), ...rowOf(replayed)]);
    shown += 1;
  };
}

function isShown({ asks, writer }: Replayed): boolean {
  return asks.length > 0 || writer === "ai";
}
