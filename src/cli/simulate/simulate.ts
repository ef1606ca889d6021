import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Trying } from "../../github/reading/read-snapshot.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import { joinAnd } from "../../signoff/wording/words.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { orFailureDocument, printJson } from "../json.ts";
import { documentOf, judgePull, reportOf } from "../judged-pull.ts";
import { printLines } from "../lines.ts";
import { type Environment, tokenOf } from "../octokit.ts";
import { outcomeOf } from "../outcome.ts";
import { pageOf, type Terminal } from "../terminal.ts";
import { readApprover, withApprovals } from "./approvers.ts";
import { asFailure, NOTHING_REMEMBERED, type PullName, readPullRequest } from "./read.ts";
import { readingClient } from "./reading-client.ts";

export interface SimulateOptions {
  readonly approve?: readonly string[];
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
    if (options.snapshot !== undefined) await keep(snapshot, resolve(terminal.directory, options.snapshot));
    return judgePull(snapshot);
  });
  if (json) printJson(terminal, { ...documentOf(judged), supposed: supposedIn(options) });
  else {
    const lines = reportOf(judged, remarks(options, judged.snapshot), { verbose: options.verbose ?? false });
    terminal.stdout.write(printLines(lines, pageOf(terminal.stdout)));
  }
  return EXIT[outcomeOf(judged.verdict)];
}

function supposedIn({ approve, config, base }: SimulateOptions): object {
  return { ...(approve && { approve }), ...(config && { config }), ...(base && { base }) };
}

function remarks(
  { approve = [], config, base }: SimulateOptions,
  { pullRequest }: Snapshot,
): readonly string[] {
  const supposed = [
    ...(approve.length === 0 ? [] : [`${joinAnd(approve.map((login) => `@${login}`))} approving it now`]),
    ...(config === undefined ? [] : [`the config ${config}`]),
    ...(base === undefined
      ? []
      : [`the rules of ${base}, for the files changed against ${pullRequest.base.ref}`]),
  ];
  return [
    "Read from GitHub, nothing written. What the app remembers of it is not known here (see --help).",
    ...(supposed.length === 0 ? [] : [`Supposed: ${joinAnd(supposed)}.`]),
  ];
}

async function readAll({ pull, options, environment }: Simulation, terminal: Terminal): Promise<Snapshot> {
  if (tokenOf(environment) === null) {
    throw new Failure("no token was given: set GITHUB_TOKEN to one that may read the repository");
  }
  const client = readingClient(environment);
  const trying = await tryingOf(options, terminal);
  const now = terminal.now();
  const snapshot = await readPullRequest(client, { pull, trying, memory: NOTHING_REMEMBERED, now });
  const approvers = (options.approve ?? []).map((login) => readApprover(client, pull, login));
  return withApprovals(snapshot, await Promise.all(approvers));
}

async function tryingOf({ config, base }: SimulateOptions, { directory }: Terminal): Promise<Trying> {
  const tried = base === undefined ? {} : { base };
  if (config === undefined) return tried;
  const text = await readFile(resolve(directory, config), "utf8").catch((error: Error) => {
    throw new Failure(`${config} cannot be read: ${error.message}`);
  });
  return { ...tried, config: { path: config, text } };
}

async function keep(snapshot: Snapshot, path: string): Promise<void> {
  await writeFile(path, `${JSON.stringify(snapshot, null, 2)}\n`).catch((error: Error) => {
    throw new Failure(`the snapshot cannot be written: ${error.message}`);
  });
}
