import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findHazards } from "../../src/production/hazards/find.ts";
import type { Hazard } from "../../src/production/hazards/hazard.ts";
import { aiCommitsOf } from "../provenance/histories.ts";
import { changesOf, type Which } from "./commits.ts";

/** How a sample is drawn. */
export interface Drawing {
  /** It holds a bare clone a folder, named `OWNER+NAME`. */
  readonly folder: string;
  readonly seed: number;
  readonly size: number;
  /** Of each repository, so many commits from the newest on. */
  readonly newest: number;
  /** Only those that an AI wrote. */
  readonly byAi: boolean;
}

export interface Drawn extends Hazard {
  readonly repository: string;
  readonly commit: string;
}

/** What one repository holds. */
export interface Population {
  readonly repository: string;
  readonly commits: number;
  /** Of those that block, one of each rule and commit at most, in an order that the seed fixes. */
  readonly findings: readonly Drawn[];
}

export async function populationsIn(drawing: Drawing): Promise<readonly Population[]> {
  const found: Population[] = [];
  for (const name of readdirSync(drawing.folder).toSorted()) found.push(await populationOf(name, drawing));
  return found;
}

async function populationOf(name: string, { folder, seed, newest, byAi }: Drawing): Promise<Population> {
  const repository = name.replace("+", "/");
  const [owner = ""] = repository.split("/");
  const inner = join(folder, name, "repo");
  const clone = existsSync(inner) ? inner : join(folder, name);
  const which: Which = byAi ? { among: new Set((await aiCommitsOf(clone)).slice(0, newest)) } : { newest };
  const found: Drawn[] = [];
  let commits = 0;
  for (const { commit, inputs } of changesOf(clone, which)) {
    commits += 1;
    const hazards = findHazards(inputs, { owner }).filter(({ asks }) => asks === "block");
    found.push(...hazards.map((each) => ({ ...each, repository, commit })));
  }
  return { repository, commits, findings: shuffled(found, seed) };
}

function shuffled(found: readonly Drawn[], seed: number): readonly Drawn[] {
  const order = (text: string) => createHash("sha256").update(`${seed} ${text}`).digest("hex");
  const all = found
    .map((each) => ({ each, order: order(`${keyOf(each)} ${each.file} ${each.line} ${each.what}`) }))
    .toSorted((one, other) => (one.order < other.order ? -1 : 1));
  return [...Map.groupBy(all, ({ each }) => keyOf(each)).values()].flatMap(([first]) => first?.each ?? []);
}

/** A sample's finding is known by its commit and its rule. */
export function keyOf({ commit, id }: Pick<Drawn, "commit" | "id">): string {
  return `${commit.slice(0, 12)} ${id}`;
}

/** One of each repository in turn, so that none outweighs the others as long as they have enough. */
export function sampleOf(populations: readonly Population[], size: number): readonly Drawn[] {
  const longest = Math.max(0, ...populations.map(({ findings }) => findings.length));
  const turns = Array.from({ length: longest }, (_, turn) =>
    populations.flatMap(({ findings }) => findings.slice(turn, turn + 1)),
  );
  return turns.flat().slice(0, size);
}
