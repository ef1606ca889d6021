import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findHazards } from "../../src/production/hazards/find.ts";
import type { Hazard } from "../../src/production/hazards/hazard.ts";
import { printTable } from "../table.ts";
import { changesOf } from "./commits.ts";
import { readJudgements } from "./judgements.ts";
import { type Sample, saveSample } from "./measured.ts";
import { wilsonLower } from "./wilson.ts";

/** How a sample is drawn. */
export interface Drawing {
  /** It holds a bare clone a folder, named `OWNER+NAME`. */
  readonly folder: string;
  readonly seed: number;
  readonly size: number;
  /** Of each repository, so many commits from the newest on. */
  readonly newest: number;
}

interface Drawn extends Hazard {
  readonly repository: string;
  readonly commit: string;
}

/**
 * Prints a sample of the findings that block, of the repositories in a folder; or, where somebody has judged it, how
 * many of it are right.
 */
export function printPrecision(
  drawing: Drawing,
  judged?: { readonly file: string; readonly save: boolean },
): void {
  const repositories = readdirSync(drawing.folder).toSorted();
  const sample = inTurns(
    repositories.map((name) => findingsOf(name, drawing)),
    drawing.size,
  );
  if (judged === undefined) for (const each of sample) console.log(shown(each));
  else printJudged(sample, { drawing, repositories: repositories.map(withSlash), ...judged });
}

function withSlash(name: string): string {
  return name.replace("+", "/");
}

/** One finding of each rule and commit at most, in an order that the seed fixes. */
function findingsOf(name: string, { folder, seed, newest }: Drawing): readonly Drawn[] {
  const repository = withSlash(name);
  const [owner = ""] = repository.split("/");
  const inner = join(folder, name, "repo");
  const found: Drawn[] = [];
  for (const { commit, inputs } of changesOf(existsSync(inner) ? inner : join(folder, name), { newest }))
    for (const hazard of findHazards(inputs, { owner }))
      if (hazard.asks === "block") found.push({ ...hazard, repository, commit });
  const order = (text: string) => createHash("sha256").update(`${seed} ${text}`).digest("hex");
  const shuffled = found
    .map((each) => ({ each, order: order(`${keyOf(each)} ${each.file} ${each.line} ${each.what}`) }))
    .toSorted((one, other) => (one.order < other.order ? -1 : 1));
  return [...new Map(shuffled.toReversed().map(({ each }) => [keyOf(each), each])).values()].toReversed();
}

/** A sample's finding is known by its commit and its rule. */
function keyOf({ commit, id }: Pick<Drawn, "commit" | "id">): string {
  return `${commit.slice(0, 12)} ${id}`;
}

/** One of each list in turn, so that no repository outweighs the others as long as they have enough. */
function inTurns<Item>(lists: readonly (readonly Item[])[], size: number): readonly Item[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list.slice(turn, turn + 1)))
    .flat()
    .slice(0, size);
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

function printJudged(
  sample: readonly Drawn[],
  judged: {
    readonly drawing: Drawing;
    readonly repositories: readonly string[];
    readonly file: string;
    readonly save: boolean;
  },
): void {
  const judgements = readJudgements(judged.file);
  const missing = sample.filter((each) => !judgements.has(keyOf(each)));
  if (missing.length > 0) throw new Error(`not judged: ${missing.map(keyOf).join(", ")}`);
  const mistakes = sample.flatMap((each) => judgements.get(keyOf(each))?.mistake ?? []);
  const right = sample.length - mistakes.length;
  const { seed, newest } = judged.drawing;
  const entry: Sample = {
    measured: new Date().toISOString().slice(0, 10),
    seed,
    newest,
    repositories: judged.repositories.map((repository) => {
      const own = sample.filter((each) => each.repository === repository);
      const wrong = own.filter((each) => judgements.get(keyOf(each))?.mistake !== undefined).length;
      return { repository, findings: own.length, right: own.length - wrong };
    }),
    mistakes: [...Map.groupBy(mistakes, (mistake) => mistake)]
      .map(([kind, all]) => ({ kind, findings: all.length }))
      .toSorted((one, other) => other.findings - one.findings),
  };
  printTable(
    ["repository", "findings", "right"],
    entry.repositories.map((row) => [row.repository, String(row.findings), String(row.right)]),
  );
  for (const { kind, findings } of entry.mistakes) console.log(`${findings} wrong: ${kind}`);
  const [share, lower] = [right / sample.length, wilsonLower(right, sample.length)];
  console.log(`${right} of ${sample.length} right, ${percent(share)}; lower 95 % bound ${percent(lower)}`);
  if (judged.save) saveSample(entry);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
