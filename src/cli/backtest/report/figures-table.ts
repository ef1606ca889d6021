import { type AskedFigures, figuresOf } from "../../../backtest/figures.ts";
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

/** The policies beside one another. */
export function policiesTable(policies: readonly Tested[]): FiguresTable {
  return {
    head: [
      "policy",
      "AI",
      "asked",
      "in time",
      "waiting",
      "unclear",
      "no owner",
      "silent",
      "hazards",
      "median",
    ],
    rows: policies.map(({ name, replayed }) => {
      const figures = figuresOf(replayed);
      const { ai, asked, inTime, wouldHaveWaited, unclear, withoutOwner, silent, hazards } = figures;
      const numbers = [ai, asked, inTime, wouldHaveWaited, unclear, withoutOwner, silent, hazards];
      return [name, ...numbers.map(String), duration(figures.signing.median)];
    }),
  };
}

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
