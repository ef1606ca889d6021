import { OutOfSteps } from "../../notation/steps.ts";
import { Concerned, type Concerns } from "./concerned.ts";
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
    /** Left out where the rule may find something in any part. */
    readonly concerns?: Concerns;
    readonly find: (part: ChangedPart, all: Parts) => Iterable<Finding>;
  };
  /** One file, beside the others that the rule set reads. */
  readonly file?: (file: FileChange, files: readonly FileChange[]) => Iterable<Finding>;
  /** All files that change, beside those that stay and are known. */
  readonly files?: (files: readonly FileChange[], standing: readonly FileChange[]) => Iterable<Finding>;
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
  /** Files that do not change and decide beside those that do. */
  readonly standing: readonly FileChange[];
  readonly files: readonly FileChange[];
  readonly parts: Parts;
  /** The parts that change. */
  readonly byNotation: ReadonlyMap<Notation, readonly ChangedPart[]>;
}

export function findBy(sets: readonly RuleSet[], reading: Reading): readonly Hazard[] {
  const asked = sets.map((set) => ({ set, read: reading.files.filter(set.reads) }));
  const reads = asked.filter(({ read }) => read.length > 0);
  const lines = reads.flatMap(({ set: { rules }, read }): readonly LineReading[] => [
    { rules: rules.filter(({ parts }) => parts === undefined), files: read },
    {
      rules: rules.filter(({ parts }) => parts !== undefined),
      files: read.filter((file) => reading.parts.unread.has(file)),
    },
  ]);
  return [
    ...reads.flatMap(({ set, read }) => byStructures(set, read, reading)),
    ...together(lines).flatMap(({ rules, files }) => byLines(rules, files)),
  ];
}

interface LineReading {
  readonly rules: readonly Rule[];
  readonly files: readonly FileChange[];
}

/** Many rule sets read the lines of the same files, which are gone through once for all of them. */
function together(readings: readonly LineReading[]): readonly LineReading[] {
  const groups: { readonly rules: Rule[]; readonly files: readonly FileChange[] }[] = [];
  for (const { rules, files } of readings) {
    const ofLines = rules.filter(({ lines = [] }) => lines.length > 0);
    if (ofLines.length === 0 || files.length === 0) continue;
    const group = groups.find((known) => areSame(known.files, files));
    if (group === undefined) groups.push({ rules: ofLines, files });
    else group.rules.push(...ofLines);
  }
  return groups;
}

function areSame(some: readonly FileChange[], others: readonly FileChange[]): boolean {
  return some.length === others.length && some.every((file, index) => file === others[index]);
}

function byStructures(set: RuleSet, read: readonly FileChange[], reading: Reading): readonly Hazard[] {
  const { parts, standing } = reading;
  const ofParts = set.rules.filter((rule) => rule.parts !== undefined);
  const changed = partsOf(ofParts, read, reading);
  const concerned = concernedOf(set).partsByRule(changed, parts);
  return set.rules.flatMap((rule) => byStructure(rule, { read, changed, concerned, parts, standing }));
}

const known = new WeakMap<RuleSet, Concerned<Rule>>();

function concernedOf(set: RuleSet): Concerned<Rule> {
  const concerned = known.get(set) ?? new Concerned(set.rules);
  known.set(set, concerned);
  return concerned;
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
  readonly standing: readonly FileChange[];
  readonly read: readonly FileChange[];
  readonly changed: ReadonlyMap<Notation, readonly ChangedPart[]>;
  /** Of the rules that say in which parts they may find anything. */
  readonly concerned: ReadonlyMap<Rule, readonly ChangedPart[]>;
  readonly parts: Parts;
}

function byStructure(
  rule: Rule,
  { read, changed, concerned, parts, standing }: Structure,
): readonly Hazard[] {
  const { id, kind, asks } = rule;
  const { file: findIn, files: findInAll } = rule;
  const found: RuleFinding[] = [];
  if (findInAll !== undefined) inSteps(found, read, () => findInAll(read, standing));
  if (findIn !== undefined) for (const file of read) inSteps(found, [file], () => findIn(file, read));
  const looking = { rule, parts, found };
  if (rule.parts?.concerns !== undefined) for (const part of concerned.get(rule) ?? []) inPart(part, looking);
  else
    for (const notation of rule.parts?.of ?? [])
      for (const part of changed.get(notation) ?? []) inPart(part, looking);
  return found.map((finding) => ({ id, kind, asks, by: "parser", ...finding }));
}

/** What says its own rule is told of the file, whatever rule was asked. */
type RuleFinding = Finding & Partial<Pick<HazardRule, "id" | "kind" | "asks">>;

/** A rule that reads files by itself and runs out of steps, or finds one broken, has judged none of them. */
function inSteps(found: RuleFinding[], files: readonly FileChange[], find: () => Iterable<Finding>): void {
  const { length } = found;
  try {
    for (const finding of find()) found.push(finding);
  } catch (error) {
    found.length = length;
    const why = unreadBy(error);
    const culprit = error instanceof NotRead ? error.path : undefined;
    for (const file of files) found.push({ ...UNREADABLE, ...unreadable(file, why, culprit) });
  }
}

function unreadBy(error: unknown): Unread {
  if (error instanceof NotRead) return error.why;
  if (error instanceof OutOfSteps) return "too-many-steps";
  throw error;
}

interface Looking {
  readonly rule: Rule;
  readonly parts: Parts;
  /** What was found before, to which is added. */
  readonly found: RuleFinding[];
}

/** Many parts meet many rules here, and most of them find nothing, so that nothing is made for those. */
function inPart(part: ChangedPart, { rule, parts, found }: Looking): void {
  try {
    for (const finding of rule.parts?.find(part, parts) ?? []) found.push(finding);
  } catch (error) {
    const status = part.after === undefined ? "removed" : "modified";
    found.push({ ...UNREADABLE, ...unreadable({ path: part.file, status }, unreadBy(error)) });
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
