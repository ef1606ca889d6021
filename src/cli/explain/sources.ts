import type { Policy } from "../../policy/policy.ts";
import { CATALOGUE } from "../../provenance/catalogue/catalogue.ts";
import type { CommitText } from "../../provenance/change.ts";
import { createDetectorOf } from "../../provenance/detector.ts";
import type { Evidence } from "../../provenance/evidence.ts";
import type { Tool } from "../../provenance/tool/tool.ts";

/**
 * Says of evidence on one commit where the mark is known from. Evidence names a tool, not a signal; so the commit is
 * read once more by a detector to which every single signal is a tool of its own.
 */
export function createSources(
  { signals, agents, notAi }: Policy["detect"],
  commit: CommitText,
): (evidence: Evidence) => readonly string[] {
  const single = [...CATALOGUE, ...signals].flatMap((tool) =>
    tool.signals.map((signal, index) => ({ of: tool, signal, name: `${tool.tool} ${index}` })),
  );
  const byName = new Map(single.map(({ name, ...rest }) => [name, rest]));
  const tools = single.map(
    ({ of, signal, name }): Tool => ({ tool: name, vendor: of.vendor, signals: [signal] }),
  );
  const found = createDetectorOf(tools, { agents, notAi })
    .commit(commit)
    .evidence.flatMap((evidence) => {
      const known = byName.get(evidence.tool);
      return known === undefined ? [] : [{ evidence, tool: known.of.tool, source: known.signal.source }];
    });
  return ({ tool, kind, where }) => [
    ...new Set(
      found
        .filter(
          (each) =>
            each.tool === tool && each.evidence.kind === kind && each.evidence.where.field === where.field,
        )
        .map(({ source }) => source),
    ),
  ];
}
