import type { Evidence, EvidenceKind, Provenance, Strength, Writer } from "../evidence.ts";

export interface Decision {
  /** Whether two weak pieces of evidence of different kinds decide together. One alone never does. */
  readonly weakPairDecides: boolean;
}

const RANK: Readonly<Record<Strength, number>> = { certain: 2, strong: 1, weak: 0 };

/** Evidence that is certain or strong makes it AI; weak evidence alone never does. */
export function judge(
  evidence: readonly Evidence[],
  otherwise: Writer,
  { weakPairDecides }: Decision,
): Provenance {
  const strong = evidence.filter(({ strength }) => strength !== "weak");
  const deciding = strong.length === 0 && weakPairDecides ? independent(evidence) : strong;
  const tools = [...new Set(deciding.map(({ tool }) => tool))];
  return { writer: deciding.length > 0 ? "ai" : otherwise, tools, evidence };
}

/** Evidence of one kind may have one cause. */
function independent(weak: readonly Evidence[]): readonly Evidence[] {
  return new Set(weak.map(causeOf)).size > 1 ? weak : [];
}

/** Whatever names who wrote it is one setting; whatever names a co-author is one line. */
function causeOf({ kind, where }: Evidence): string {
  return NAMING.has(kind) ? `named as ${where.field === "co-author" ? "co-author" : "author"}` : kind;
}

const NAMING: ReadonlySet<EvidenceKind> = new Set([
  "account",
  "author-email",
  "author-name",
  "committer-email",
  "coauthor-email",
  "coauthor-name",
]);

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
