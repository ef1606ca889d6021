import type { WhatIf } from "../../github/reading/read-snapshot.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import { withApprovals } from "../../signoff/what-if.ts";
import { joinAnd } from "../../signoff/wording/words.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { LARGEST, readOrdinaryFile, writePrivateFile } from "../files/ordinary-file.ts";
import { type Environment, refuseForeignAddress, tokenOf } from "../github/host.ts";
import { documentOf, judgePull, reportOf } from "../judged-pull.ts";
import { outcomeOf } from "../outcome.ts";
import { orFailureDocument } from "../output/failure-document.ts";
import { neutralJson } from "../output/neutral.ts";
import { printJson, printReport } from "../output/print.ts";
import type { Terminal } from "../terminal.ts";
import { readApprover } from "./approvers.ts";
import { asFailure, NOTHING_KNOWN, type PullName, readPullRequest } from "./read.ts";
import { readingClient } from "./reading-client.ts";

export interface SimulateOptions {
  readonly approvedBy?: readonly string[];
  readonly config?: string;
  readonly base?: string;
  readonly snapshot?: string;
  readonly verbose?: true;
  readonly json?: true;
}

export interface Simulation {
  readonly pull: PullName;
  readonly options: SimulateOptions;
  readonly environment: Environment;
}

/** `countersign simulate`: judges a pull request on GitHub as the app would. Throws a `Failure` when it cannot. */
export async function simulate(simulation: Simulation, terminal: Terminal): Promise<ExitCode> {
  const { options } = simulation;
  const json = options.json ?? false;
  const judged = await orFailureDocument(json, terminal, async () => {
    const snapshot = await readAll(simulation, terminal).catch((error: unknown) => {
      throw asFailure(error, simulation.pull);
    });
    if (options.snapshot !== undefined) {
      await writePrivateFile(terminal.directory, options.snapshot, `${neutralJson(snapshot)}\n`);
    }
    return judgePull(snapshot);
  });
  if (json) printJson(terminal, { ...documentOf(judged), assumed: assumedIn(options) });
  else {
    const lines = reportOf(judged, remarks(options, judged.snapshot), { verbose: options.verbose ?? false });
    printReport(terminal.stdout, lines);
  }
  return EXIT[outcomeOf(judged.verdict)];
}

function assumedIn({ approvedBy, config, base }: SimulateOptions): object {
  return { ...(approvedBy && { approvedBy }), ...(config && { config }), ...(base && { base }) };
}

function remarks(
  { approvedBy = [], config, base }: SimulateOptions,
  { pullRequest }: Snapshot,
): readonly string[] {
  const assumed = [
    ...(approvedBy.length === 0 ? [] : [`approvals by ${joinAnd(approvedBy.map((login) => `@${login}`))}`]),
    ...(config === undefined ? [] : [`the config ${config}`]),
    ...(base === undefined
      ? []
      : [`the rules of ${base}, for the files changed against ${pullRequest.base.ref}`]),
  ];
  return [
    "Read from GitHub; nothing was written. The App's memory of it is not available here (see --help).",
    ...(assumed.length === 0 ? [] : [`Assumed: ${joinAnd(assumed)}.`]),
  ];
}

async function readAll({ pull, options, environment }: Simulation, terminal: Terminal): Promise<Snapshot> {
  refuseForeignAddress(pull.host, environment);
  if (tokenOf(environment) === null) {
    throw new Failure("no token was given: set GITHUB_TOKEN to one that can read the repository");
  }
  const client = readingClient(environment);
  const whatIf = await whatIfOf(options, terminal);
  const now = terminal.now();
  const snapshot = await readPullRequest(client, { pull, whatIf, known: NOTHING_KNOWN, now });
  const approvers = (options.approvedBy ?? []).map((login) => readApprover(client, pull, login));
  return withApprovals(snapshot, await Promise.all(approvers));
}

async function whatIfOf({ config, base }: SimulateOptions, { directory }: Terminal): Promise<WhatIf> {
  const tried = base === undefined ? {} : { base };
  if (config === undefined) return tried;
  const text = await readOrdinaryFile(directory, config, LARGEST.config);
  return { ...tried, config: { path: config, text } };
}
