import * as z from "zod";
import { UNNAMED_TOOL } from "../tool-names.ts";
import { type Attested, type Tally, totals } from "./attestation.ts";

const contributor = z.looseObject({
  type: z.enum(["human", "ai", "mixed", "unknown"]),
  model_id: z.string().max(250).optional(),
});

const line = z.int().min(1).max(100_000_000);

const record = z.looseObject({
  version: z.string(),
  vcs: z.looseObject({ type: z.string(), revision: z.string() }).optional(),
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

/** `revision` is the git commit it is about; `null` where the record does not say, or means no git commit. */
export type Traced =
  | (Extract<Attested, { ok: true }> & { readonly revision: string | null })
  | Extract<Attested, { ok: false }>;

/**
 * Reads one Agent Trace record, version 0.1. Keys that are not known are passed over; what breaks the form is refused.
 * Lines of mixed origin count as the tool's. Takes time in proportion to the record.
 */
export function readAgentTrace(json: string): Traced {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return refused("it is no JSON");
  }
  const read = record.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return refused(`it has no valid ${issue?.path.join(".") || "object"}`);
  }
  const { version, vcs } = read.data;
  if (!/^0\.1\.\d{1,4}$/.test(version)) return refused(`its version ${version.slice(0, 40)} is not 0.1`);
  const traced = attested(read.data);
  return traced.ok ? { ...traced, revision: vcs?.type === "git" ? vcs.revision : null } : traced;
}

function refused(reason: string): Extract<Attested, { ok: false }> {
  return { ok: false, reason: `The Agent Trace record cannot be read: ${reason}.` };
}

function attested({ tool, files }: Record): Attested {
  const tallies: Tally[] = [];
  let humanLines = 0;
  for (const { conversations } of files) {
    for (const { contributor: whole, ranges } of conversations) {
      for (const { start_line: first, end_line: last, contributor: own } of ranges) {
        const { type, model_id: model } = own ?? whole ?? { type: "unknown" };
        const lines = last - first + 1;
        if (lines < 1) return refused("it has a range that ends before it begins");
        if (type === "human") humanLines += lines;
        if (type === "ai" || type === "mixed") {
          tallies.push({ tool: tool?.name ?? model ?? UNNAMED_TOOL, model, lines });
        }
      }
    }
  }
  const attestation = {
    standard: "Agent Trace",
    tools: totals(tallies),
    humanLines,
    requesters: [],
  } as const;
  return { ok: true, attestation };
}
