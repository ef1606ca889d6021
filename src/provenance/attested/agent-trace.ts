import * as z from "zod";
import { UNNAMED_TOOL } from "../catalogue/tool-names.ts";
import { type Attestation, type Attested, type Tally, totals } from "./attestation.ts";
import { jsonValues } from "./json-values.ts";

const contributor = z.looseObject({
  type: z.enum(["human", "ai", "mixed", "unknown"]),
  model_id: z.string().max(250).optional(),
});

const line = z.int().min(1).max(100_000_000);

const record = z.looseObject({
  version: z.string(),
  tool: z.looseObject({ name: z.string().optional() }).optional(),
  files: z.array(
    z.looseObject({
      path: z.string(),
      conversations: z.array(
        z.looseObject({
          contributor: contributor.optional(),
          ranges: z.array(
            z.looseObject({ start_line: line, end_line: line, contributor: contributor.optional() }),
          ),
        }),
      ),
    }),
  ),
});

type Record = z.infer<typeof record>;

/** "1.0" is what the reference hook of the format's version 0.1.0 writes. */
const VERSION = /^(?:0\.1(?:\.\d{1,4})?|1\.0)$/;

/**
 * Reads Agent Trace records, version 0.1, that follow one another, as one attestation. Keys that are not known are passed
 * over; a record that breaks the form is refused, for its own reason. Lines of mixed origin count as the tool's. Which
 * revision a record names counts for nothing: some write the commit that they lie beside, some the one before it. Takes
 * time in proportion to the text.
 */
export function readAgentTraces(text: string): readonly Attested[] {
  const counts = jsonValues(text).map(countsOf);
  const good = counts.flatMap((each) => (typeof each === "string" ? [] : [each]));
  const reasons = new Set(counts.flatMap((each) => (typeof each === "string" ? [each] : [])));
  return [
    ...(good.length === 0 ? [] : [{ ok: true, attestation: sumOf(good) } as const]),
    ...[...reasons].map((reason) => ({
      ok: false as const,
      reason: `An Agent Trace record cannot be read: ${reason}.`,
    })),
  ];
}

interface Counts {
  readonly tallies: readonly Tally[];
  readonly humanLines: number;
}

function sumOf(counts: readonly Counts[]): Attestation {
  return {
    standard: "Agent Trace",
    tools: totals(counts.flatMap(({ tallies }) => tallies)),
    humanLines: counts.reduce((sum, { humanLines }) => sum + humanLines, 0),
    requesters: [],
  };
}

/** What one record counts, or what is wrong with it. */
function countsOf(json: string): Counts | string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return "it is no JSON";
  }
  const read = record.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return `it has no valid ${issue?.path.join(".") || "object"}`;
  }
  const { version } = read.data;
  return VERSION.test(version) ? linesOf(read.data) : `its version ${version.slice(0, 40)} is not 0.1`;
}

function linesOf({ tool, files }: Record): Counts | string {
  const tallies: Tally[] = [];
  let humanLines = 0;
  for (const { conversations } of files) {
    for (const { contributor: whole, ranges } of conversations) {
      for (const { start_line: first, end_line: last, contributor: own } of ranges) {
        const { type, model_id: model } = own ?? whole ?? { type: "unknown" };
        const lines = last - first + 1;
        if (lines < 1) return "it has a range that ends before it begins";
        if (type === "human") humanLines += lines;
        if (type === "ai" || type === "mixed") {
          tallies.push({ tool: tool?.name ?? model ?? UNNAMED_TOOL, model, lines });
        }
      }
    }
  }
  return { tallies, humanLines };
}
