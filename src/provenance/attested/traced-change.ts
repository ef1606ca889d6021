import { readAgentTraces } from "./agent-trace.ts";
import type { Attested } from "./attestation.ts";

/** Where the format's reference implementation appends its records, one a line; also in a folder of a monorepo. */
const TRACES = /(?:^|\/)\.agent-trace\/traces\.jsonl$/;

export function holdsTraces(path: string): boolean {
  return TRACES.test(path);
}

/**
 * What the records attest that a change adds to such a file, by its unified diff; left out where the diff is not known.
 * The change was made while they were written.
 */
export function readAddedTraces(path: string, patch: string | undefined): readonly Attested[] {
  if (patch === undefined) return [{ ok: false, reason: `The records in ${path} are too many to be read.` }];
  const added = patch
    .split("\n")
    .filter((line) => line.startsWith("+") && !line.startsWith("+++ "))
    .map((line) => line.slice(1));
  return readAgentTraces(added.join("\n"));
}
