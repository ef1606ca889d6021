import { MEASURED, type Measured, medianShare } from "../bench/asks/measured.ts";

/** How many of the AI's changes ask by the defaults, as it was measured last. */
export function asksMeasured(): string {
  const rows = MEASURED.read();
  const [unseen, tuned] = [
    rows.filter(({ use }) => use === "unseen"),
    rows.filter(({ use }) => use === "tuned"),
  ];
  return [
    "### How many changes ask",
    `\`npm run bench -- --asks FOLDER\` takes commits on the default branches of public product repositories that an AI wrote since
2026-01-01 (at most 50 of each, evenly over the time) as pull requests, and judges them by the defaults without a CODEOWNERS file. *Before*
is the share that asks with \`when: always\` in every area. What neither of the last columns counts asks for a control file or a pipeline. The rules were not
tuned on ${unseen.length} of the repositories: of those at hand, the ones with the most such commits.`,
    ...(unseen.length > 0 ? [tableOf("Not used for tuning", unseen), REMAINS] : []),
    ...(tuned.length > 0 ? [tableOf("Used for tuning", tuned)] : []),
  ].join("\n\n");
}

/** What was read of the reasons that the bench prints; nothing was tuned on them. */
const REMAINS = `On 2026-11-30 the 83 changes of these repositories that ask did so for 97 reasons: an area that always asks (deployment 24,
migrations 9, infrastructure 1), a job with rights or secrets in which something else changes than versions and the repository's own checks
(23), agents' instructions that say more of what they may do, run or fetch (13), a hazard (14: five of them of a check), other control files
(6), a secret or right that a workflow gains (4), a new workflow or job (2), and a workflow that changes with what it runs (1).`;

function tableOf(title: string, rows: readonly Measured[]): string {
  const median = (of: (row: Measured) => number) => `**${medianShare(rows, of).toFixed(1)} %**`;
  return [
    `| ${title} | AI's changes | Ask before | Ask now | For a hazard by itself | For an area that always asks |`,
    "| --- | --- | --- | --- | --- | --- |",
    ...rows.map((row) => {
      const counts = [row.before, row.after, row.hazards, row.always];
      const shares = counts.map((count) => `${((100 * count) / Math.max(1, row.changes)).toFixed(0)} %`);
      return `| ${[row.repository, row.changes, ...shares].join(" | ")} |`;
    }),
    `| **median** | | ${[median((row) => row.before), median((row) => row.after), median((row) => row.hazards), median((row) => row.always)].join(" | ")} |`,
  ].join("\n");
}
