import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { judge } from "../../signoff/evaluate.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { type Environment, tokenOf } from "../octokit.ts";
import { asFailure, type PullName, readPullRequest } from "../simulate/read.ts";
import { readingClient } from "../simulate/reading-client.ts";
import type { Terminal } from "../terminal.ts";
import { readMemory } from "./memory.ts";
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
  if (tokenOf(environment) === null)
    throw new Failure("no token was given: set GITHUB_TOKEN to one that may read the repository");
  const memory = await readMemory(pull, { ...options, directory: terminal.directory, environment });
  const client = readingClient(environment);
  const seen = await readPullRequest(client, { pull, trying: {}, memory, now: terminal.now() }).catch(
    (error: unknown) => {
      throw asFailure(error, pull);
    },
  );
  const text = `${JSON.stringify(documentOf(seen), null, 2)}\n`;
  if (options.output === undefined) terminal.stdout.write(text);
  else await keep(text, resolve(terminal.directory, options.output));
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

async function keep(text: string, path: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 }).catch((error: Error) => {
    throw new Failure(`the snapshot cannot be written: ${error.message}`);
  });
}
