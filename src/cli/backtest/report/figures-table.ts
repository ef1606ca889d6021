import { type AskedFigures, type Figures, figuresOf } from "../../../backtest/figures.ts";
import type { Tested } from "../tested.ts";
import { duration } from "./words.ts";

/** A name, then figures. */
export interface FiguresTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What was asked, by owners or by area. */
export function askedTable(name: string, figures: readonly AskedFigures[]): FiguresTable {
  return {
    head: [name, "asked", "in time", "median", "p90", "late", "not signed", "unclear"],
    rows: figures.map(({ name, asked, done, signing }) => [
      name === "" ? "nobody" : name,
      String(asked),
      String(done.signed),
      duration(signing.median),
      duration(signing.p90),
      String(done.late),
      String(done.nobody + done.impossible + done.refused),
      String(done.unknown + done.earlier),
    ]),
  };
}

/** The policies beside one another, one in each column. */
export function policiesTable(policies: readonly Tested[]): FiguresTable {
  const figures = policies.map(({ replayed }) => figuresOf(replayed));
  return {
    head: ["policy", ...policies.map(({ name }) => name)],
    rows: COMPARED.map(([title, of]) => [title, ...figures.map((each) => String(of(each)))]),
  };
}

const COMPARED: readonly (readonly [string, (figures: Figures) => number | string])[] = [
  ["an AI’s", ({ ai }) => ai],
  ["asked", ({ asked }) => asked],
  ["signed in time", ({ inTime }) => inTime],
  ["would have waited", ({ wouldHaveWaited }) => wouldHaveWaited],
  ["unclear", ({ unclear }) => unclear],
  ["without an owner", ({ withoutOwner }) => withoutOwner],
  ["signed without a word", ({ silent }) => silent],
  ["hazards", ({ hazards }) => hazards],
  ["time to sign, in median", ({ signing }) => duration(signing.median)],
];

/** Hazards by rule, the most frequent first. */
export function hazardTable({ replayed }: Tested): FiguresTable {
  const found = replayed.flatMap(({ hazards, pull }) =>
    hazards.map(({ id, asks }) => ({ id, asks, number: pull.number })),
  );
  const rows = [...Map.groupBy(found, ({ id }) => id)]
    .toSorted(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .map(([id, each]) => [
      id,
      String(each.length),
      String(each.filter(({ asks }) => asks).length),
      String(new Set(each.map(({ number }) => number)).size),
    ]);
  return { head: ["hazard", "found", "asking", "pull requests"], rows };
}
