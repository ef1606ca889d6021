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

/** Many lines meet many patterns here, so that nothing is made before something is found. */
export function byLines(rules: readonly LineRule[], files: readonly FileChange[]): readonly Hazard[] {
  const patterns = rules.flatMap((rule) => rule.lines?.map((pattern) => ({ rule, pattern })) ?? []);
  const hazards: Hazard[] = [];
  for (const side of SIDES) {
    const asked = patterns.filter(({ pattern }) => pattern.side === side);
    if (asked.length === 0) continue;
    for (const file of files) {
      for (const line of withoutComments(file, side)) {
        const find = line.text.length > HAZARD_LIMITS.lineLength ? longLine : matchIn;
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
