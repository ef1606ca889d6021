import { judge } from "../../signoff/evaluate.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { writePrivateFile } from "../files/ordinary-file.ts";
import { type Environment, refuseForeignAddress, tokenOf } from "../github/host.ts";
import { neutralJson } from "../output/neutral.ts";
import { printJson } from "../output/print.ts";
import { asFailure, type PullName, readPullRequest } from "../simulate/read.ts";
import { readingClient } from "../simulate/reading-client.ts";
import type { Terminal } from "../terminal.ts";
import { withMemory } from "./memory.ts";
import { redact } from "./redact.ts";

export interface SnapshotOptions {
  readonly data?: string;
  readonly output?: string;
}

export interface SnapshotRun {
  readonly pull: PullName;
  readonly options: SnapshotOptions;
  readonly environment: Environment;
}

/** `countersign snapshot`: a redacted snapshot with what the App remembers. Throws a `Failure` when it cannot. */
export async function snapshot(
  { pull, options, environment }: SnapshotRun,
  terminal: Terminal,
): Promise<ExitCode> {
  refuseForeignAddress(pull.host, environment);
  if (tokenOf(environment) === null)
    throw new Failure("no token was given: set GITHUB_TOKEN to one that can read the repository");
  const client = readingClient(environment);
  const { directory } = terminal;
  const seen = await withMemory(pull, { ...options, directory, environment, command: "snapshot" }, (known) =>
    readPullRequest(client, { pull, whatIf: {}, known, now: terminal.now() }),
  ).catch((error: unknown) => {
    throw asFailure(error, pull);
  });
  const document = documentOf(seen);
  if (options.output === undefined) printJson(terminal, document);
  else await writePrivateFile(directory, options.output, `${neutralJson(document)}\n`);
  return EXIT.pass;
}

/** What was left out can change the verdict, so the one on the whole snapshot is noted beside it. */
function documentOf(seen: Snapshot): object {
  const { provenance, conclusion, hazards, requirements } = judge(seen);
  return {
    ...redact(seen, provenance),
    redacted: {
      conclusion,
      requirements: requirements.map(({ requirement, status }) => ({ area: requirement.area, status })),
      hazards: hazards.map(({ id, file }) => ({ id, file })),
    },
  };
}
