import type { HazardRule } from "../src/production/hazards/hazard.ts";
import { HAZARD_LIMITS } from "../src/production/hazards/limits.ts";
import { SYSTEMS } from "../src/production/hazards/systems.ts";
import { MEASURED } from "./hazards-measured.ts";

/** The reference page of the hazards, as Markdown. */
export function hazardsReference(): string {
  const rules = SYSTEMS.flatMap((system) => system.rules);
  const systems = SYSTEMS.map(({ title, rules: own }) => `### ${title}\n\n${table(own)}`);
  return `${[introduction(rules), "## Rules", ...systems, limits(), MEASURED].join("\n\n")}\n`;
}

function introduction(rules: readonly HazardRule[]): string {
  const count = (kind: HazardRule["kind"]) => rules.filter((rule) => rule.kind === kind).length;
  return `<!-- Generated from the rules. Edit the rules, not this page. -->

# Hazards

A hazard is a change that **destroys** something or **lets something in**. ${rules.length} rules look for them:
${count("destructive")} for what is destroyed, ${count("widening")} for what is let in. No model is asked: the same change
raises the same hazards, each with its file, its line and one sentence that says what happens.

Where a file can be parsed on both sides, its structure is compared: a resource that moved to another file, or that a
\`moved\` block speaks of, is not gone. Where it cannot, because it is a template, broken, too long, or because only its
diff is known, the rules that have a form for lines read the lines that came and went, and the hazard says so (\`by: diff\`).
Tests, fixtures, examples, archives and prose raise nothing, except for the rules about them. A line that only moved or was
indented is no change. Secrets that are found are never shown again.`;
}

function table(rules: readonly HazardRule[]): string {
  const rows = rules.map(
    ({ id, kind, when, speaks, silent }) =>
      `| \`${id}\` | ${kind} | ${cell(when)} | ${cell(speaks[0]?.[0] ?? "")} | ${cell(silent[0]?.[0] ?? "")} |`,
  );
  return [
    "| Rule | Kind | Speaks when | For example | Silent, for example, where |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function limits(): string {
  const { parsedLength, parsedYamlLength, parsedYamlInAll, depth } = HAZARD_LIMITS;
  const kib = (length: number) => `${length / 1024} KiB`;
  return `## Limits

A file is parsed up to ${kib(parsedLength)} (YAML and JSON ${kib(parsedYamlLength)}, all of a change together ${kib(parsedYamlInAll)}) and ${depth} levels
of brackets; above that its lines are read. The limits count characters and not seconds, so that every machine finds the same.`;
}
