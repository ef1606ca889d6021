import * as z from "zod";
import { UNNAMED_TOOL } from "../catalogue/tool-names.ts";
import { type Attestation, type Attested, type Tally, totals } from "./attestation.ts";

const agent = z.looseObject({
  agent_id: z.looseObject({ tool: z.string().min(1), model: z.string().optional() }),
  human_author: z.string().nullish(),
});

const metadata = z.looseObject({
  schema_version: z.string(),
  prompts: z.record(z.string(), agent).optional(),
  sessions: z.record(z.string(), agent).optional(),
  humans: z.record(z.string(), z.unknown()).optional(),
});

type Agent = z.infer<typeof agent>;

/** The line between the two sections of a note. */
export const GIT_AI_DIVIDER = /^---\r?$/m;

/**
 * Reads a git-ai authorship log as kept in `refs/notes/ai`, by the Git AI Standard 3 or 4, whose sections are the same: files
 * with the lines of each session, a divider, and JSON that says which tool a session was. Keys that are not known are passed over; what breaks the form is
 * refused. Takes time in proportion to the note.
 */
export function readGitAiNote(note: string): Attested {
  const divided = GIT_AI_DIVIDER.exec(note);
  if (divided === null) return refused("it has no line --- between its two sections");
  const described = describe(note.slice(divided.index + divided[0].length));
  if (typeof described === "string") return refused(described);
  const lines = countLines(note.slice(0, divided.index));
  if (typeof lines === "string") return refused(lines);
  return { ok: true, attestation: attestation(described, lines) };
}

function refused(reason: string): Attested {
  return { ok: false, reason: `The git-ai note cannot be read: ${reason}.` };
}

/** The agents by the keys of their lines, or what is wrong. */
function describe(json: string): ReadonlyMap<string, Agent> | string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return "its second section is no JSON";
  }
  const read = metadata.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return `its metadata has no valid ${issue?.path.join(".") || "object"}`;
  }
  const { schema_version: version, prompts = {}, sessions = {} } = read.data;
  if (!/^authorship\/[34]\.\d{1,4}\.\d{1,4}$/.test(version)) {
    return `its version ${version.slice(0, 40)} is neither 3 nor 4`;
  }
  return new Map([...Object.entries(prompts), ...Object.entries(sessions)]);
}

const ENTRY = /^ {2}(\S{1,200}) (\d[\d,-]*)$/;

/** How many lines each key has, sessions without their traces; or what is wrong, with its line. */
function countLines(section: string): ReadonlyMap<string, number> | string {
  const counts = new Map<string, number>();
  let file = false;
  for (const [at, raw] of section.split("\n").entries()) {
    const line = raw.replace(/\r$/, "");
    if (line === "") continue;
    if (!line.startsWith(" ")) {
      file = true;
      continue;
    }
    const [, key, ranges] = ENTRY.exec(line) ?? [];
    const lines = ranges === undefined ? null : countRanges(ranges);
    if (!file || key === undefined || lines === null) return `line ${at + 1} is neither a file nor its lines`;
    const session = key.split("::", 1)[0] ?? key;
    counts.set(session, (counts.get(session) ?? 0) + lines);
  }
  return counts;
}

/** No file is longer; what says so is no line number. */
const LAST_LINE = 100_000_000;

/** `1,4-9` has 7 lines; `null` for no such list. */
function countRanges(ranges: string): number | null {
  let lines = 0;
  for (const range of ranges.split(",")) {
    const [, from = "", to = from] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(range) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (first < 1 || last < first || last > LAST_LINE) return null;
    lines += last - first + 1;
  }
  return lines;
}

const HUMAN = "h_";

function attestation(agents: ReadonlyMap<string, Agent>, lines: ReadonlyMap<string, number>): Attestation {
  const unknown = [...lines].filter(([key]) => !key.startsWith(HUMAN) && !agents.has(key));
  const tallies: readonly Tally[] = [
    ...[...agents].map(([key, { agent_id }]) => ({
      tool: agent_id.tool,
      model: agent_id.model,
      lines: lines.get(key) ?? 0,
    })),
    ...unknown.map(([, count]) => ({ tool: UNNAMED_TOOL, model: undefined, lines: count })),
  ];
  const human = [...lines].filter(([key]) => key.startsWith(HUMAN));
  const directed = [...agents.values()].flatMap(({ human_author }) => human_author ?? []);
  return {
    standard: "git-ai",
    tools: totals(tallies),
    humanLines: human.reduce((sum, [, count]) => sum + count, 0),
    requesters: [...new Set(directed)],
  };
}
