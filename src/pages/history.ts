import * as z from "zod";
import type { Conclusion } from "../signoff/verdict.ts";
import { quote } from "../signoff/wording/visible.ts";
import { joinAnd, mention, shortSha } from "../signoff/wording/words.ts";
import { CONCLUSION_WORDS } from "./words.ts";

/** An entry of the ledger. */
export interface PastEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly pull: number | null;
  readonly headSha: string | null;
  readonly kind: string;
  readonly data: unknown;
}

/** What an entry tells, as one of our sentences; `null` for one that tells a reader nothing. */
export function pastSentence({ kind, data, headSha }: PastEntry): string | null {
  if (!Object.hasOwn(SENTENCES, kind)) return null;
  return SENTENCES[kind]?.(data, headSha) ?? null;
}

type Tell = (data: unknown, headSha: string | null) => string | null;

const person = z.object({ login: z.string() });
const verdict = z.object({
  conclusion: z.enum(["success", "neutral", "action_required", "failure"]),
  requirements: z.array(z.object({ id: z.string(), status: z.string() })).optional(),
  problems: z.array(z.string()).optional(),
});
const signature = z.object({ requirement: z.string(), by: person });
const evidence = z.object({ tool: z.string(), strength: z.string(), text: z.string() });
const refusal = z.object({ by: person, area: z.string() });
const override = z.object({
  event: z.string(),
  by: person.optional(),
  reason: z.string().optional(),
  because: z.string().optional(),
});
const freeze = z.object({ event: z.string(), by: person.optional(), area: z.string().optional() });
const followUp = z.object({ event: z.string(), by: person.optional(), area: z.string().optional() });
const change = z.object({
  outcome: z.string().optional(),
  branch: z.string().optional(),
  by: person.nullish(),
  after: z.string().optional(),
});

const SENTENCES: Readonly<Record<string, Tell>> = {
  verdict: told(verdict, ({ conclusion, requirements = [], problems = [] }, headSha) => {
    const open = requirements.filter(({ status }) => status !== "signed");
    const waits =
      open.length === 0 ? "" : ` (${joinAnd(open.map(({ id, status }) => `${quote(id)} ${status}`))})`;
    const faults = problems.length === 0 ? "" : ` (${joinAnd(problems.map(quote))})`;
    return `${verdictWord(conclusion)}${at(headSha)}${conclusion === "failure" ? faults : waits}`;
  }),
  countersignature: told(signature, ({ by, requirement }, headSha) => {
    return `${mention(by)} countersigned ${quote(requirement)}${at(headSha)}`;
  }),
  evidence: told(evidence, ({ tool, strength, text }) => `Evidence of ${tool}, ${strength}: ${quote(text)}`),
  override: told(override, ({ event, by, reason, because }) => {
    const who = by === undefined ? "" : ` by ${mention(by)}`;
    const why = reason === undefined ? "" : `: ${quote(reason)}`;
    return `Override ${event}${who}${because === undefined ? "" : ` (${because})`}${why}`;
  }),
  freeze: told(freeze, ({ event, by, area }) => {
    const what = area === undefined ? "A freeze" : `The freeze of ${quote(area)}`;
    return `${what}: ${event}${by === undefined ? "" : ` by ${mention(by)}`}`;
  }),
  "follow-up": told(followUp, ({ event, by, area }) => {
    const what = area === undefined ? "" : ` for ${quote(area)}`;
    return `Follow-up ${event}${what}${by === undefined ? "" : ` by ${mention(by)}`}`;
  }),
  refusal: told(refusal, ({ by, area }, headSha) => `${mention(by)} refused ${quote(area)}${at(headSha)}`),
  change: told(change, came("")),
  bypass: told(change, came(" past the check")),
};

function came(past: string) {
  return ({ outcome = "", branch = "", by, after }: z.infer<typeof change>) => {
    const what = after === undefined ? "A change" : shortSha(after);
    const who = by == null ? "" : ` by ${mention(by)}`;
    return `${what} came into ${quote(branch)}${who}${past} (${outcome})`;
  };
}

function verdictWord(conclusion: Conclusion): string {
  return CONCLUSION_WORDS[conclusion];
}

function at(headSha: string | null): string {
  return headSha === null ? "" : ` at ${shortSha(headSha)}`;
}

/** Entries of earlier versions may have another shape: nothing is told of those. */
function told<T>(shape: z.ZodType<T>, tell: (data: T, headSha: string | null) => string): Tell {
  return (data, headSha) => {
    const read = shape.safeParse(data);
    return read.success ? tell(read.data, headSha) : null;
  };
}
