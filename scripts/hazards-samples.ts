import { SAMPLES, type Sample } from "../bench/hazards/measured.ts";
import { wilsonLower } from "../bench/hazards/wilson.ts";

const INTRODUCTION = `**What they see that is not there.** \`npm run bench -- --precision FOLDER --seed N\` draws findings that block from the newest
commits of the clones in a folder: one of a rule and commit at most, of each repository in turn. Whoever wrote the rules read
them once, the sentence with the lines that it names, and the doubtful ones beside their diffs. *Right* means that the change
destroys something that exists, weakens a guard that exists or lets somebody in, as the sentence says. A resource that gets another
name without a \`moved\` block is right, because Terraform destroys it; so is a right that something new gets. A part of Terraform that
stands in another root now, a command or a check that is only said otherwise, a poor default of something new and a sentence that says
more than happens are wrong. After each sample the rules
were changed for its mistakes, and the next was drawn from repositories that were not used before. So each row is about the rules as
they were then; those changed since the last row were not measured again. Of two samples before these, which were not saved, 262 of 300
and 177 of 213 findings were right. The findings of one repository resemble one another, so
that the bounds are narrower than they should be.`;

const BY_AI = `The same of commits that an AI wrote, in repositories of applications:`;

/** The samples of findings that somebody judged, as Markdown. */
export function samplesSection(samples = SAMPLES.read()): string {
  const byAi = samples.filter((each) => each.byAi);
  const others = samples.filter((each) => !each.byAi);
  const ofAi = byAi.length === 0 ? [] : [BY_AI, table(byAi), mistakes(byAi)];
  return [INTRODUCTION, table(others), mistakes(others), ...ofAi].join("\n\n");
}

function table(samples: readonly Sample[]): string {
  return [
    "| Seed | Measured | Commits | Findings that block | Read | Right | Lower 95 % bound | Wrong in 100 commits |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...samples.map((sample) => {
      const [commits, raised, findings, right] = [
        sum(sample, "commits"),
        sum(sample, "raised"),
        sum(sample, "findings"),
        sum(sample, "right"),
      ];
      const wrong = ((raised / commits) * (1 - right / findings) * 100).toFixed(1);
      const share = `${right} (${percent(right / findings)})`;
      const counts = [commits, raised, findings].map((count) => count.toLocaleString("en")).join(" | ");
      return `| ${sample.seed} | ${sample.measured} | ${counts} | ${share} | ${percent(wilsonLower(right, findings))} | ${wrong} |`;
    }),
  ].join("\n");
}

function mistakes(samples: readonly Sample[]): string {
  return samples
    .map(({ seed, repositories, mistakes: kinds }) => {
      const names = repositories.map(
        ({ repository, findings, right }) => `${repository} (${right} of ${findings})`,
      );
      const wrong = kinds.map(({ kind, findings }) => `${kind} (${findings})`);
      return `- **${seed}**: ${names.join(", ")}. Wrong: ${wrong.join("; ")}.`;
    })
    .join("\n");
}

function sum({ repositories }: Sample, of: "commits" | "raised" | "findings" | "right"): number {
  return repositories.reduce((total, each) => total + each[of], 0);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
