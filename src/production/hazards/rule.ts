import { OutOfSteps } from "../../notation/steps.ts";
import type { Example, Finding, Hazard, HazardInput, HazardRule, Side } from "./hazard.ts";
import { HAZARD_LIMITS } from "./limits.ts";
import type { FileChange } from "./reading/change.ts";
import type { ChangedLine } from "./reading/lines.ts";
import type { ChangedPart, Notation } from "./reading/part.ts";
import type { Parts } from "./reading/parts.ts";
import { UNREADABLE, unreadable } from "./unreadable.ts";
import { shown } from "./words.ts";

/** Lines that speak for themselves. */
export interface LinePattern {
  /** Which lines: those that went (`before`) or those that came (`after`). */
  readonly side: Side;
  readonly pattern: RegExp;
  /** Lines that are harmless all the same. */
  readonly unless?: RegExp;
  /** What the match must fulfil beside. */
  readonly where?: (found: RegExpExecArray, file: FileChange) => boolean;
  /** For lines that must not be shown again, because they hold a secret. */
  readonly hidden?: true;
  readonly what?: (found: RegExpExecArray) => string;
  readonly why: (found: RegExpExecArray) => string;
}

/** How a rule looks at a change. One that reads parts may have lines too, for files that could not be parsed. */
export interface Rule extends HazardRule {
  readonly lines?: readonly LinePattern[];
  readonly parts?: {
    readonly of: readonly Notation[];
    readonly find: (part: ChangedPart, all: Parts) => Iterable<Finding>;
  };
  readonly file?: (file: FileChange) => Iterable<Finding>;
  readonly files?: (files: readonly FileChange[]) => Iterable<Finding>;
}

/** Rules about one subject, and the files they read. */
export interface RuleSet {
  readonly name: string;
  /** For the reference page. */
  readonly title: string;
  readonly reads: (file: FileChange) => boolean;
  readonly rules: readonly Rule[];
}

export interface Reading {
  readonly files: readonly FileChange[];
  readonly parts: Parts;
  /** The parts that change. */
  readonly byNotation: ReadonlyMap<Notation, readonly ChangedPart[]>;
}

export function findBy(set: RuleSet, reading: Reading): readonly Hazard[] {
  const { files, parts } = reading;
  const read = files.filter(set.reads);
  if (read.length === 0) return [];
  const ofParts = set.rules.filter((rule) => rule.parts !== undefined);
  const ofLines = set.rules.filter((rule) => rule.parts === undefined);
  const changed = partsOf(ofParts, read, reading);
  return [
    ...set.rules.flatMap((rule) => byStructure(rule, { read, changed, parts })),
    ...byLines(ofLines, read),
    ...byLines(
      ofParts,
      read.filter((file) => parts.unread.has(file)),
    ),
  ];
}

/** The parts in the files that are read, of the notations that any of the rules is about. */
function partsOf(
  rules: readonly Rule[],
  read: readonly FileChange[],
  { files, byNotation }: Reading,
): ReadonlyMap<Notation, readonly ChangedPart[]> {
  if (read.length === files.length) return byNotation;
  const notations = new Set(rules.flatMap(({ parts }) => parts?.of ?? []));
  const own = [...byNotation].filter(([notation]) => notations.has(notation));
  if (own.length === 0) return new Map();
  const paths = new Set(read.map(({ path }) => path));
  return new Map(own.map(([notation, parts]) => [notation, parts.filter(({ file }) => paths.has(file))]));
}

interface Structure {
  readonly read: readonly FileChange[];
  readonly changed: ReadonlyMap<Notation, readonly ChangedPart[]>;
  readonly parts: Parts;
}

function byStructure(rule: Rule, { read, changed, parts }: Structure): readonly Hazard[] {
  const { id, kind, asks } = rule;
  const { file: findIn } = rule;
  const found = [...inSteps(read, rule.files)];
  if (findIn !== undefined) for (const file of read) found.push(...inSteps([file], () => findIn(file)));
  for (const notation of rule.parts?.of ?? [])
    for (const part of changed.get(notation) ?? [])
      for (const finding of rule.parts?.find(part, parts) ?? []) found.push(finding);
  return found.map((finding) => ({ id, kind, asks, by: "parser", ...finding }));
}

/** What says its own rule is told of the file, whatever rule was asked. */
type RuleFinding = Finding & Partial<Pick<HazardRule, "id" | "kind" | "asks">>;

/** A rule that reads files by itself and runs out of steps has judged none of them. */
function inSteps(
  files: readonly FileChange[],
  find: ((files: readonly FileChange[]) => Iterable<Finding>) | undefined,
): readonly RuleFinding[] {
  try {
    return [...(find?.(files) ?? [])];
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
    return files.map((file) => ({ ...UNREADABLE, ...unreadable(file, "too-many-steps") }));
  }
}

const SIDES = ["before", "after"] as const satisfies readonly Side[];

/** Many lines meet many patterns here, so that nothing is made before something is found. */
function byLines(rules: readonly Rule[], files: readonly FileChange[]): readonly Hazard[] {
  const patterns = rules.flatMap((rule) => rule.lines?.map((pattern) => ({ rule, pattern })) ?? []);
  const hazards: Hazard[] = [];
  for (const side of SIDES) {
    const asked = patterns.filter(({ pattern }) => pattern.side === side);
    if (asked.length === 0) continue;
    for (const file of files) {
      for (const line of file.lines[side]) {
        const isLong = line.text.length > HAZARD_LIMITS.lineLength;
        if (!isLong && COMMENT.test(line.text)) continue;
        const find = isLong ? longLine : matchIn;
        for (const { rule, pattern } of asked) {
          const match = find(pattern, line, file);
          if (match === null) continue;
          const { id, kind, asks } = rule;
          hazards.push({ id, kind, asks, ...findingOf(pattern, file, match), by: "diff" });
        }
      }
    }
  }
  return hazards;
}

const COMMENT = /^\s*(?:#|\/\/|\/?\*(?:\s|\*|$)|<!--|--\s|;|REM\s|dnl\s|\{\{-?\s*\/\*|\{#)/;

/** What a comment behind a line says excuses nothing. */
const TRAILING_COMMENT = /\s(?:#|\/\/|--\s).*$/;

interface Match {
  readonly line: ChangedLine;
  readonly found: RegExpExecArray;
}

function matchIn({ pattern, unless, where }: LinePattern, line: ChangedLine, file: FileChange): Match | null {
  const found = pattern.exec(line.text);
  if (found === null || unless?.test(line.text.replace(TRAILING_COMMENT, ""))) return null;
  return where?.(found, file) === false ? null : { line, found };
}

function longLine(rule: LinePattern, line: ChangedLine, file: FileChange): Match | null {
  const { lineLength, lineOverlap } = HAZARD_LIMITS;
  for (let start = 0; start < line.text.length; start += lineLength - lineOverlap) {
    const text = line.text.slice(start, start + lineLength);
    const piece = COMMENT.test(text) ? null : matchIn(rule, { ...line, text }, file);
    if (piece !== null) return piece;
  }
  return null;
}

function findingOf(
  { side, what, why, hidden }: LinePattern,
  { path }: FileChange,
  { line, found }: Match,
): Finding {
  return {
    what: what?.(found) ?? shown(found[0]),
    file: path,
    line: line.line,
    side,
    why: why(found),
    ...(hidden ? {} : { [side]: shortened(line.text) }),
  };
}

function shortened(text: string): string {
  return text.trim().slice(0, HAZARD_LIMITS.quoteLength);
}

/** For examples: a file that changed, came or went. */
export const changed = (path: string, before: string, after: string): HazardInput => ({
  path,
  status: "modified",
  before,
  after,
});
export const added = (path: string, after: string): HazardInput => ({
  path,
  status: "added",
  before: null,
  after,
});
export const removed = (path: string, before: string): HazardInput => ({
  path,
  status: "removed",
  before,
  after: null,
});

export type { Example };
