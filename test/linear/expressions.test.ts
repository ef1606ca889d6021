import { expect, test } from "@jest/globals";
import { HAZARD_LIMITS } from "../../src/production/hazards/limits.ts";
import { type Expression, madeExpressions, writtenExpressions } from "./expressions.ts";
import { readWith, slowest } from "./measure.ts";

/** Many times what the slowest of them takes, and a hundredth of what a quadratic one does. */
const BOUND = { length: 500_000, mostMs: 1_000 };

/** Rules look at lines and statements, which are cut to pieces; what they look at otherwise is short. */
const RULES = /^production\/hazards\/(?!reading\/)/;

/** These never see a long text. */
const SHORT: Readonly<Record<string, string>> = {
  "app/operation/own-secrets.ts": "the database's address, from the operator",
  "cli/scan/counts/figures.ts": "a number",
  "cli/local-git/repository/folder.ts": "a file of git that is read up to a few kilobytes",
  "policy/file/typing-mistakes.ts": "a line, cut to 200 characters",
  "provenance/text/safe-pattern.ts": "a signal of the config, of 200 characters",
};

const tooSlow = (expressions: readonly Expression[], reader: (pattern: RegExp) => (text: string) => void) =>
  expressions.flatMap(({ place, pattern }) => {
    const { text, ms } = slowest(pattern, reader(pattern), BOUND);
    return ms > BOUND.mostMs ? [`${place} ${pattern}: ${Math.round(ms)} ms for ${text}`] : [];
  });

const isShort = ({ place }: Expression) => Object.keys(SHORT).some((file) => place.startsWith(`${file}:`));

test("every regular expression reads half a megabyte of anything in linear time", () => {
  const written = writtenExpressions().filter((each) => !RULES.test(each.place) && !isShort(each));
  expect(written.length).toBeGreaterThan(200);
  expect(tooSlow(written, readWith)).toEqual([]);
});

test("every one of a hazard rule reads half a megabyte in pieces, as the rules cut it", () => {
  const written = writtenExpressions().filter(({ place }) => RULES.test(place));
  expect(written.length).toBeGreaterThan(200);
  expect(tooSlow(written, inPieces)).toEqual([]);
});

test("so does every one that the rules and the catalogue put together", async () => {
  const made = await madeExpressions();
  expect(made.length).toBeGreaterThan(50);
  expect(tooSlow(made, inPieces)).toEqual([]);
});

test("one that is quadratic is found", () => {
  const quadratic = [/a+$/, /^\s*kind:/m, /\/\*[\s\S]*?\*\//y, /x.*y.*z/, /(?:a|b)*c/].map((pattern) => ({
    place: "here",
    pattern,
  }));
  expect(tooSlow(quadratic, readWith)).toHaveLength(quadratic.length);
});

function inPieces(pattern: RegExp): (text: string) => void {
  const read = readWith(pattern);
  const { lineLength, lineOverlap } = HAZARD_LIMITS;
  return (text) => {
    for (let at = 0; at < text.length; at += lineLength - lineOverlap) read(text.slice(at, at + lineLength));
  };
}
