import type { HazardRule } from "../src/production/hazards/hazard.ts";
import { HAZARD_LIMITS } from "../src/production/hazards/limits.ts";
import { RULE_SETS } from "../src/production/hazards/rule-sets.ts";
import { anchorOf } from "../src/signoff/report/site.ts";
import { asksMeasured } from "./asks-measured.ts";
import { EARLIER, RECALL } from "./hazards-measured.ts";
import { samplesSection } from "./hazards-samples.ts";

/** The reference page of the hazards, as Markdown. */
export function hazardsReference(): string {
  const rules = RULE_SETS.flatMap((set) => set.rules);
  const sets = RULE_SETS.map(({ title, rules: own }) => `### ${title}\n\n${table(own)}`);
  return `${[introduction(rules), COUNTING, "## Rules", ...sets, limits(), RECALL, samplesSection(), EARLIER, asksMeasured()].join("\n\n")}\n`;
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
Tests, fixtures, examples, archives and prose raise nothing, except for the rules about them; infrastructure and migrations
count wherever they lie. A line that only moved or was
indented is no change. Secrets that are found are never shown again.`;
}

const COUNTING = `## What a hazard asks for

- **Block or show:** a rule that blocks needs a countersignature, because something that exists is destroyed, a guard that exists is weakened,
  or somebody is let in. A rule that shows (a poor default on something new) is an annotation beside its line and asks for nothing.
  \`asks\` in the config raises or lowers single rules.
- **Who signs:** the owners of the file, by CODEOWNERS or by the area's \`from\`, at both ends of a rename; inside an area
  and outside. Where an area asks the same people for as much anyway, their countersignature stands for the hazard too;
  else the check asks for a "destructive change" or a "permission-widening change" by itself.
- **How many:** one owner, where an AI took part. \`hazards\` in the [config](config.md) sets \`countersignatures\`,
  \`senior\` and \`applies-to\` for each kind; the largest number that the kind, a rule or an area asks for holds.
- **After a push** a countersignature is kept while its files and the hazards in them stay what they were. A hazard that
  another file brings about, as a \`moved\` block that goes, asks again.
- **By people alone:** what they destroy and let in is shown, and asks for nothing unless \`applies-to: everyone\` says so.

\`\`\`yaml
hazards:
  destructive: { countersignatures: 2, senior: ["@acme/staff"] }
  widening: { applies-to: everyone }
  rules:
    files/many-removed: { countersignatures: 3 }
    storage/created-unencrypted: { asks: block }
    sql/drop-table: { off: "Nightly jobs rebuild the tables of this repository." }
\`\`\`

A rule that is off says so in the check, with the reason, wherever it would have asked. In an organization that has a file,
that file alone switches rules off; the repository's \`off\` is ignored, and the check says so.

### False alarms

Whoever may countersign a hazard can answer it for the pull request, in the text of the approving review, one line for each
rule, for all that it found in files that are theirs or for one file:

\`\`\`text
false alarm: terraform/resource-removed: it was moved to its own account by hand
false alarm: sql/drop-table in db/migrations/0042_tidy.sql: the table is empty since March
\`\`\`

It holds as a countersignature does: by a person who owns the file, has write access and took no part in the change, for
the content as it stands; from the seniors where the kind asks for one; and not while another owner requests changes. An
answer without a reason, or in a review that somebody else edited, does not hold, and the check says why. What holds asks
for no countersignature any more, stands in the check with name and reason, and in the record of the verdict.

### What cannot be read

A file that rules read counts as a hazard of its own (\`files/unreadable\`) where neither its texts nor its whole diff can
be had: it is larger than GitHub gives (512 KB, a diff of some thousand lines), it is no text although its name says so, or
the diff is cut or does not fit the text; or reading it takes more steps than there are (see [Limits](#limits)). A diff counts as whole when every hunk has the lines its head promises and all of
them together are as many as GitHub counts.`;

function table(rules: readonly HazardRule[]): string {
  const rows = rules.map(
    ({ id, kind, asks, when, reports, ignores }) =>
      `| <a id="${anchorOf(id)}"></a>\`${id}\` | ${kind} | ${asks} | ${cell(when)} | ${cell(reports[0]?.[0] ?? "")} | ${cell(ignores[0]?.[0] ?? "")} |`,
  );
  return [
    "| Rule | Kind | Asks | Reports when | For example | Ignores, for example |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function limits(): string {
  const { parsedLength, steps, stepsPerPart, depth } = HAZARD_LIMITS;
  const kib = (length: number) => `${length / 1024} KiB`;
  return `## Limits

What is parsed of one change may take ${steps.toLocaleString("en")} steps: one for each character, and in YAML and JSON eight
more for each word and sign, and ${stepsPerPart} for each resource, object or job. HCL is parsed up to ${kib(parsedLength)} a file and ${depth} levels of brackets, YAML up to 200 levels.
Above that, the lines of a file are read, and \`files/unreadable\` asks an owner to look, because what they mean together could
not be judged. The limits count steps and not seconds, so that every machine finds the same.`;
}
