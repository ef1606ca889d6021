import { z } from "zod";
import type { Snapshot } from "../../signoff/snapshot.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { LARGEST, readOrdinaryFile } from "../files/ordinary-file.ts";
import { documentOf, type JudgedPull, judgePull, reportOf } from "../judged-pull.ts";
import { outcomeOf } from "../outcome.ts";
import { orFailureDocument } from "../output/failure-document.ts";
import { printJson, printReport } from "../output/print.ts";
import type { Terminal } from "../terminal.ts";

export interface CheckSnapshotOptions {
  readonly snapshot: string;
  readonly verbose?: true;
  readonly json?: true;
}

/** `countersign check --snapshot`: judges what `simulate` kept, without network. Throws a `Failure` when it cannot. */
export async function checkSnapshot(options: CheckSnapshotOptions, terminal: Terminal): Promise<ExitCode> {
  const json = options.json ?? false;
  const judged = await orFailureDocument(json, terminal, () => judgeFile(options.snapshot, terminal));
  if (json) printJson(terminal, documentOf(judged));
  else {
    const remarks = [`From ${options.snapshot}, which was read from GitHub at ${judged.snapshot.now}.`];
    const lines = reportOf(judged, remarks, { verbose: options.verbose ?? false });
    printReport(terminal.stdout, lines);
  }
  return EXIT[outcomeOf(judged.verdict)];
}

async function judgeFile(path: string, { directory }: Terminal): Promise<JudgedPull> {
  const text = await readOrdinaryFile(directory, path, LARGEST.snapshot);
  try {
    return judgePull(parse(text));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : "it is not valid JSON";
    throw new Failure(`${path} is not a snapshot written by simulate --snapshot: ${reason}`);
  }
}

const list = z.array(z.looseObject({}));

/** The outline alone: the file is the user's own, and who writes one by hand finds the rest in `Snapshot`. */
const outline = z.looseObject({
  version: z.literal(1),
  now: z.string(),
  repository: z.looseObject({ owner: z.string(), name: z.string(), defaultBranch: z.string() }),
  pullRequest: z.looseObject({ number: z.int(), head: z.looseObject({ sha: z.string() }) }),
  commits: list,
  files: list,
  reviews: list,
  participants: list,
  policySources: z.looseObject({ organization: z.looseObject({}), repository: z.looseObject({}) }),
  codeowners: z.looseObject({ path: z.string(), text: z.string() }).nullable(),
  authority: z.looseObject({ permissions: z.looseObject({}), teams: z.looseObject({}) }),
  recorded: z.looseObject({
    approvals: list,
    evidence: list,
    // Absent in snapshots of earlier versions.
    refusals: list.default([]),
    commits: list.default([]),
    accounts: list.default([]),
  }),
});

function parse(text: string): Snapshot {
  return outline.parse(JSON.parse(text)) as unknown as Snapshot;
}
