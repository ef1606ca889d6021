import { toolCalled } from "../catalogue/tool-names.ts";
import type { Evidence, Where } from "../evidence.ts";

/** What a record kept beside a commit attests: how many of its lines each tool wrote, and how many people did. */
export interface Attestation {
  /** The form of the record, for people. */
  readonly standard: "git-ai" | "Agent Trace";
  /** Most lines first. A tool without lines took part, but nothing of its work is left in the commit. */
  readonly tools: readonly AttestedTool[];
  /** Lines that are attested to be a person's; others are not attested at all. */
  readonly humanLines: number;
  /** Whoever directed the tools, as the record names them (`Name <address>` or an address), each once. */
  readonly requesters: readonly string[];
}

export interface AttestedTool {
  /** By the catalogue's name where it has one. */
  readonly tool: string;
  /** The models it used, each once, in order. */
  readonly models: readonly string[];
  readonly lines: number;
}

/** An attestation, or why there is none, as a sentence for people. */
export type Attested =
  | { readonly ok: true; readonly attestation: Attestation }
  | { readonly ok: false; readonly reason: string };

/** A tool's lines by its own name, counted while a record is read. */
export interface Tally {
  readonly tool: string;
  readonly model: string | undefined;
  readonly lines: number;
}

/** Each tool once, with all its lines and models. */
export function totals(tallies: readonly Tally[]): readonly AttestedTool[] {
  const byTool = Map.groupBy(tallies, ({ tool }) => toolCalled(tool) ?? tool);
  return [...byTool]
    .map(([tool, own]) => ({
      tool,
      models: [...new Set(own.flatMap(({ model }) => (model === undefined ? [] : [model])))],
      lines: own.reduce((sum, { lines }) => sum + lines, 0),
    }))
    .toSorted((a, b) => b.lines - a.lines);
}

/** Lines that a tool wrote are strong evidence: people do not keep such records by hand. */
export function attestedEvidence({ standard, tools }: Attestation, where: Where): readonly Evidence[] {
  return tools.map(({ tool, models, lines }) => ({
    tool,
    kind: "attested",
    strength: lines > 0 ? "strong" : "weak",
    where,
    text: `${standard}: ${counted(lines)} by ${tool}${models.length === 0 ? "" : ` (${models.join(", ")})`}`,
  }));
}

function counted(lines: number): string {
  return lines === 1 ? "1 line" : `${lines} lines`;
}
