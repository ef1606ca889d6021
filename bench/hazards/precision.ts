import { printTable } from "../table.ts";
import { type Drawing, type Drawn, keyOf, type Population, populationsIn, sampleOf } from "./draw.ts";
import { type Judgement, readJudgements } from "./judgements.ts";
import { SAMPLES, type Sample } from "./measured.ts";
import { wilsonLower } from "./wilson.ts";

/** Where somebody wrote what they think of a sample, and whether the docs are to say so. */
interface Judged {
  readonly file: string;
  readonly save: boolean;
}

/**
 * Prints a sample of the findings that block, of the repositories in a folder; or, where somebody has judged it, how
 * many of it are right.
 */
export async function printPrecision(drawing: Drawing, judged?: Judged): Promise<void> {
  const populations = await populationsIn(drawing);
  const sample = sampleOf(populations, drawing.size);
  if (judged === undefined) {
    for (const each of sample) console.log(shown(each));
    return;
  }
  const entry = counted(sample, { drawing, populations, judgements: readJudgements(judged.file) });
  printSample(entry);
  if (judged.save) SAMPLES.save([entry]);
}

function shown(each: Drawn): string {
  const { repository, file, line, side, by, why, before, after } = each;
  return [
    `${keyOf(each)} | ${repository} ${file}:${line} (${side}, ${by})`,
    `  ${why}`,
    ...(before === undefined ? [] : [`  - ${before}`]),
    ...(after === undefined ? [] : [`  + ${after}`]),
  ].join("\n");
}

interface Known {
  readonly drawing: Drawing;
  readonly populations: readonly Population[];
  readonly judgements: ReadonlyMap<string, Judgement>;
}

function counted(sample: readonly Drawn[], { drawing, populations, judgements }: Known): Sample {
  const missing = sample.filter((each) => !judgements.has(keyOf(each)));
  if (missing.length > 0) throw new Error(`not judged: ${missing.map(keyOf).join(", ")}`);
  const mistakesIn = (own: readonly Drawn[]) =>
    own.flatMap((each) => judgements.get(keyOf(each))?.mistake ?? []);
  return {
    measured: new Date().toISOString().slice(0, 10),
    seed: drawing.seed,
    newest: drawing.newest,
    byAi: drawing.byAi,
    repositories: populations.map(({ repository, commits, findings }) => {
      const own = sample.filter((each) => each.repository === repository);
      const right = own.length - mistakesIn(own).length;
      return { repository, commits, raised: findings.length, findings: own.length, right };
    }),
    mistakes: [...Map.groupBy(mistakesIn(sample), (kind) => kind)]
      .map(([kind, all]) => ({ kind, findings: all.length }))
      .toSorted((one, other) => other.findings - one.findings),
  };
}

function printSample({ repositories, mistakes }: Sample): void {
  printTable(
    ["repository", "commits", "raised", "read", "right"],
    repositories.map(({ repository, commits, raised, findings, right }) => [
      repository,
      ...[commits, raised, findings, right].map(String),
    ]),
  );
  for (const { kind, findings } of mistakes) console.log(`${findings} wrong: ${kind}`);
  const sum = (of: "findings" | "right" | "commits") =>
    repositories.reduce((total, each) => total + each[of], 0);
  const [all, right] = [sum("findings"), sum("right")];
  console.log(
    `${right} of ${all} right (${percent(right / all)}; lower 95 % bound ${percent(wilsonLower(right, all))}); ` +
      `${(((all - right) / sum("commits")) * 100).toFixed(1)} wrong in 100 commits`,
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
