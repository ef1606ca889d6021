import { readAgentTraces } from "./agent-trace.ts";
import type { Attested } from "./attestation.ts";
import { GIT_AI_DIVIDER, readGitAiNote } from "./git-ai.ts";
import { jsonValues } from "./json-values.ts";

/** Where records are kept as notes beside commits. */
export interface Notebook {
  readonly ref: string;
  /** What one of its notes is called, for people. */
  readonly note: string;
  read(note: string): readonly Attested[];
}

/** Source: git-ai Standard 3.0.0. */
const GIT_AI: Notebook = {
  ref: "refs/notes/ai",
  note: "git-ai note",
  read: (note) => [readGitAiNote(note)],
};

/** Agent Trace leaves open where its records are kept; those who keep them as notes agree on this ref (seen 2026-11). */
const AGENT_TRACE: Notebook = {
  ref: "refs/notes/agent-trace",
  note: "Agent Trace note",
  read: readAgentTraces,
};

export const NOTEBOOKS = { gitAi: GIT_AI, agentTrace: AGENT_TRACE } as const;

/** The notebooks in the order in which `readJoinedNotes` expects their notes. */
export const NOTE_REFS: readonly string[] = [GIT_AI.ref, AGENT_TRACE.ref];

/** A commit's notes as git joins them, one notebook after the other; `""` where there are none. */
export function readJoinedNotes(notes: string): readonly Attested[] {
  if (notes === "") return [];
  const divider = GIT_AI_DIVIDER.exec(notes);
  if (divider === null) return (notes.startsWith("{") ? AGENT_TRACE : GIT_AI).read(notes);
  const described = divider.index + divider[0].length;
  const [metadata = "", ...records] = jsonValues(notes.slice(described));
  return [
    ...GIT_AI.read(`${notes.slice(0, described)}\n${metadata}`),
    ...(records.length === 0 ? [] : readAgentTraces(records.join("\n"))),
  ];
}
