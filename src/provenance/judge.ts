import type { Evidence, Provenance, Strength, Writer } from "./evidence.ts";

const RANK: Readonly<Record<Strength, number>> = { certain: 2, strong: 1, weak: 0 };

/** Evidence that is certain or strong makes it AI; weak evidence never does, however much of it there is. */
export function judge(evidence: readonly Evidence[], otherwise: Writer): Provenance {
  const deciding = evidence.filter(({ strength }) => strength !== "weak");
  const tools = [...new Set(deciding.map(({ tool }) => tool))];
  return { writer: deciding.length > 0 ? "ai" : otherwise, tools, evidence };
}

/** One piece of evidence for each tool and field, the strongest, in order of first discovery. */
export function strongest(evidence: readonly Evidence[]): readonly Evidence[] {
  const best = new Map<string, Evidence>();
  for (const candidate of evidence) {
    const { tool, where } = candidate;
    const key = `${where.on} ${where.field} ${tool}`;
    const known = best.get(key);
    if (known === undefined || RANK[candidate.strength] > RANK[known.strength]) best.set(key, candidate);
  }
  return [...best.values()];
}
