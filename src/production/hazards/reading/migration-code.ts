import type { Steps } from "../../../notation/steps.ts";
import { type JoinedText, joinedTexts } from "./joined-texts.ts";
import { type Language, languageOf } from "./languages.ts";
import { plainMarkup, withoutWayBack } from "./markup.ts";
import { type Program, readProgram } from "./program-texts.ts";
import { wayBackIn } from "./way-back.ts";

/** A text of a migration that may be SQL. */
interface MigrationText {
  readonly text: string;
  /** From 1. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** What a migration of code does on its way there. */
export interface MigrationCode {
  readonly texts: readonly MigrationText[];
  /** Whether a place is only run on the way back, or never. */
  readonly isWayBack: (offset: number) => boolean;
}

interface Source {
  readonly path: string;
  readonly text: string;
  readonly steps: Steps;
}

/** @throws {OutOfSteps} */
export function readMigrationCode({ path, text, steps }: Source): MigrationCode {
  const language = languageOf(path);
  if (language === undefined) return ofMarkup(path, text);
  const program = readProgram(text, language, steps);
  const ranges = wayBackIn(program.code);
  const isWayBack = (offset: number) => ranges.some(({ start, end }) => start <= offset && offset < end);
  const all = joinedTexts(program, language);
  const run = all.filter(
    (each, index) =>
      !isWayBack(each.start) &&
      !isSaid(each, program, language) &&
      !(language.marks === "elixir" && isSecond(all[index - 1], each, program)),
  );
  const lineOf = lineFinder(text);
  const read = run.map(({ text: joined, inner, end }) => ({
    text: joined,
    firstLine: lineOf(inner),
    lastLine: Math.max(lineOf(inner), lineOf(end)),
  }));
  return { texts: [...read, ...strayTexts(text, program, { isWayBack, lineOf })], isWayBack };
}

function ofMarkup(path: string, text: string): MigrationCode {
  const there = withoutWayBack(path, text);
  const lastLine = text.split("\n").length;
  return {
    texts: [{ text: plainMarkup(path, there), firstLine: 1, lastLine }],
    isWayBack: (offset) => there.charAt(offset) === " " && text.charAt(offset) !== " ",
  };
}

const SAYS =
  /(?:\b(?:puts|say|say_with_time|print(?:ln)?|echo|raise|warn|IO\.puts|Logger\.\w+|console\.\w+|log(?:ger)?\.\w+|fmt\.Print\w*|Console\.Write\w*)|\bthrow new \w+|\b\w*Error|\berrors\.New|\bfmt\.Errorf|@(?:module)?doc)\s*(?:\(\s*)?[fFrR$@]?$/;
const DESCRIBES = /\b(?:comment|description|reason)\s*(?:[:=]|=>)\s*$/;

/** What is printed or described, and what stands as a statement of its own in Python. */
function isSaid({ start, end }: JoinedText, { code }: Program, language: Language): boolean {
  const before = code.slice(Math.max(0, start - 80), start);
  if (SAYS.test(before) || DESCRIBES.test(before)) return true;
  if (!language.adjacent || language.marks !== "none") return false;
  const line = code.slice(code.lastIndexOf("\n", start) + 1, start);
  const rest = /^[^\n]*/.exec(code.slice(end, end + 200))?.[0] ?? "";
  const former = code.slice(0, start).trimEnd().at(-1) ?? ":";
  return line.trim() === "" && rest.trim() === "" && /[:\w)\]]/.test(former) && depthAt(code, start) === 0;
}

function depthAt(code: string, end: number): number {
  let depth = 0;
  for (const [sign] of code.slice(0, end).matchAll(/[([{)\]}]/g)) depth += "([{".includes(sign) ? 1 : -1;
  return depth;
}

/** Of Ecto's `execute`, which is only run on the way back. */
function isSecond(former: JoinedText | undefined, { start }: JoinedText, { code }: Program): boolean {
  if (former === undefined || !/^\s*,\s*$/.test(code.slice(former.end, start))) return false;
  return /\bexecute\s*(?:\(\s*)?$/.test(code.slice(Math.max(0, former.start - 80), former.start));
}

const SQL =
  "((?:DROP|TRUNCATE|DELETE|ALTER|GRANT|UPDATE|DISABLE|CREATE\\s+OR\\s+REPLACE|DO|EXEC)\\s[^\"'`\\n]{3,2000})";
const RUN = new RegExp(
  `\\b\\$?(?:exec\\w*|query\\w*|raw\\w*|run\\w*|statement|unprepared|unsafe\\w*|sql|command|cmd)\\W{0,4}["'\`]\\s{0,20}${SQL}`,
  "gi",
);
const STRAY = new RegExp(`["'\`]\\s{0,20}${SQL}`, "gi");

interface Places {
  readonly isWayBack: (offset: number) => boolean;
  readonly lineOf: (offset: number) => number;
}

/**
 * What stands behind a quote where no text was found to begin, because a sign before it was taken for another one. It
 * is read where it looks as if it was run.
 */
function strayTexts(source: string, { texts, code }: Program, { isWayBack, lineOf }: Places) {
  const begun = new Set(texts.map(({ inner }) => inner));
  const found: MigrationText[] = [];
  for (const pattern of [RUN, STRAY])
    for (const { 0: all, 1: sql = "", index } of source.matchAll(pattern)) {
      const quote = index + all.slice(0, all.length - sql.length).trimEnd().length - 1;
      const isStray = pattern === RUN || code.charAt(quote) === source.charAt(quote);
      if (!isStray || begun.has(quote + 1) || isWayBack(index) || isComment(source, index)) continue;
      const line = lineOf(quote);
      found.push({ text: sql, firstLine: line, lastLine: line });
    }
  return found;
}

function isComment(source: string, at: number): boolean {
  const line = source.slice(source.lastIndexOf("\n", at) + 1, at);
  return /^\s*(?:#|\/\/|\*|\/\*|--)/.test(line);
}

function lineFinder(text: string): (offset: number) => number {
  const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (offset) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
