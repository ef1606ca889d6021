import { OutOfSteps } from "../../notation/steps.ts";
import type { Example, Finding, Hazard, HazardInput, HazardRule, Unread } from "./hazard.ts";
import { byLines, type LinePattern } from "./line-pattern.ts";
import type { FileChange } from "./reading/change.ts";
import { NotRead } from "./reading/not-read.ts";
import type { ChangedPart, Notation } from "./reading/part.ts";
import type { Parts } from "./reading/parts.ts";
import { UNREADABLE, unreadable } from "./unreadable.ts";

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
  /** Those of them whose contents it needs; of others it reads the diff, as far as there is one. */
  readonly wants?: (file: FileChange) => boolean;
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
      for (const finding of inPart(part, () => rule.parts?.find(part, parts) ?? [])) found.push(finding);
  return found.map((finding) => ({ id, kind, asks, by: "parser", ...finding }));
}

/** What says its own rule is told of the file, whatever rule was asked. */
type RuleFinding = Finding & Partial<Pick<HazardRule, "id" | "kind" | "asks">>;

/** A rule that reads files by itself and runs out of steps, or finds one broken, has judged none of them. */
function inSteps(
  files: readonly FileChange[],
  find: ((files: readonly FileChange[]) => Iterable<Finding>) | undefined,
): readonly RuleFinding[] {
  try {
    return [...(find?.(files) ?? [])];
  } catch (error) {
    const why = unreadBy(error);
    const culprit = error instanceof NotRead ? error.path : undefined;
    return files.map((file) => ({ ...UNREADABLE, ...unreadable(file, why, culprit) }));
  }
}

function unreadBy(error: unknown): Unread {
  if (error instanceof NotRead) return error.why;
  if (error instanceof OutOfSteps) return "too-many-steps";
  throw error;
}

function* inPart(part: ChangedPart, find: () => Iterable<Finding>): Generator<RuleFinding> {
  try {
    yield* find();
  } catch (error) {
    const status = part.after === undefined ? "removed" : "modified";
    yield { ...UNREADABLE, ...unreadable({ path: part.file, status }, unreadBy(error)) };
  }
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
