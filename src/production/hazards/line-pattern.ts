import { anywhereOf } from "./anywhere.ts";
import type { Finding, Hazard, HazardRule, Side } from "./hazard.ts";
import { HAZARD_LIMITS } from "./limits.ts";
import type { FileChange } from "./reading/change.ts";
import { withoutComments } from "./reading/comments.ts";
import type { ChangedLine } from "./reading/lines.ts";
import { shown } from "./words.ts";

/** Lines that speak for themselves. */
export interface LinePattern {
  /** Which lines: those that went (`before`) or those that came (`after`). */
  readonly side: Side;
  readonly pattern: RegExp;
  /** Matches that are harmless all the same. What stands beside a match excuses nothing. */
  readonly unless?: RegExp;
  /** What the match must fulfil beside. */
  readonly where?: (found: RegExpExecArray, file: FileChange) => boolean;
  /** For lines that must not be shown again, because they hold a secret. */
  readonly hidden?: true;
  readonly what?: (found: RegExpExecArray) => string;
  readonly why: (found: RegExpExecArray) => string;
}

/** A rule as far as it reads lines. */
type LineRule = Pick<HazardRule, "id" | "kind" | "asks"> & { readonly lines?: readonly LinePattern[] };

const SIDES = ["before", "after"] as const satisfies readonly Side[];

/** Many lines meet many patterns here, so that one look at several lines shows which patterns may find anything there. */
export function byLines(rules: readonly LineRule[], files: readonly FileChange[]): readonly Hazard[] {
  const patterns = rules.flatMap((rule) => rule.lines?.map((pattern) => ({ rule, pattern })) ?? []);
  const hazards: Hazard[] = [];
  for (const side of SIDES) {
    const asked = patterns.filter(({ pattern }) => pattern.side === side);
    if (asked.length === 0) continue;
    for (const block of blocksOf(files, side)) hazards.push(...inBlock(block, asked));
  }
  return hazards;
}

interface Asked {
  readonly rule: LineRule;
  readonly pattern: LinePattern;
}

function* inBlock({ lines, text }: Block, asked: readonly Asked[]): Generator<Hazard> {
  for (const { rule, pattern } of asked) {
    if (text !== undefined && anywhereOf(pattern.pattern)?.test(text) === false) continue;
    const find = text === undefined ? longLine : matchIn;
    for (const { text: line, places } of lines) {
      if (text !== undefined && !pattern.pattern.test(line)) continue;
      for (const { line, file } of places) {
        const match = find(pattern, line, file);
        if (match === null) continue;
        const { id, kind, asks } = rule;
        yield { id, kind, asks, ...findingOf(pattern, file, match), by: "diff" };
      }
    }
  }
}

interface PlacedLine {
  readonly file: FileChange;
  readonly line: ChangedLine;
}

/** A line that stands in many files is looked at once, and then wherever it stands. */
interface SameLine {
  readonly text: string;
  readonly places: readonly PlacedLine[];
}

/** Lines that are looked at together, of whatever files; a long line is looked at by itself, in pieces. */
interface Block {
  readonly lines: readonly SameLine[];
  readonly text: string | undefined;
}

function* blocksOf(files: readonly FileChange[], side: Side): Generator<Block> {
  let lines: SameLine[] = [];
  let size = 0;
  const finish = () => ({ lines, text: lines.map(({ text }) => text).join("\n") });
  for (const [text, places] of sameLines(files, side)) {
    const { length } = text;
    if (length > HAZARD_LIMITS.lineLength) {
      yield { lines: [{ text, places }], text: undefined };
      continue;
    }
    if (size + length > HAZARD_LIMITS.blockLength && size > 0) {
      yield finish();
      lines = [];
      size = 0;
    }
    lines.push({ text, places });
    size += length + 1;
  }
  if (lines.length > 0) yield finish();
}

function sameLines(files: readonly FileChange[], side: Side): ReadonlyMap<string, readonly PlacedLine[]> {
  const places = new Map<string, PlacedLine[]>();
  for (const file of files)
    for (const line of withoutComments(file, side)) {
      const known = places.get(line.text);
      if (known === undefined) places.set(line.text, [{ file, line }]);
      else known.push({ file, line });
    }
  return places;
}

interface Match {
  readonly line: ChangedLine;
  readonly found: RegExpExecArray;
}

/** The first match that counts: a harmless one before it excuses nothing. */
function matchIn({ pattern, unless, where }: LinePattern, line: ChangedLine, file: FileChange): Match | null {
  if (!pattern.test(line.text)) return null;
  for (const found of line.text.matchAll(globalOf(pattern))) {
    if (!unless?.test(found[0]) && where?.(found, file) !== false) return { line, found };
  }
  return null;
}

const globals = new WeakMap<RegExp, RegExp>();

function globalOf(pattern: RegExp): RegExp {
  const known = globals.get(pattern) ?? new RegExp(pattern.source, `${pattern.flags}g`);
  globals.set(pattern, known);
  return known;
}

function longLine(rule: LinePattern, line: ChangedLine, file: FileChange): Match | null {
  const { lineLength, lineOverlap } = HAZARD_LIMITS;
  for (let start = 0; start < line.text.length; start += lineLength - lineOverlap) {
    const text = line.text.slice(start, start + lineLength);
    const piece = matchIn(rule, { ...line, text }, file);
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
