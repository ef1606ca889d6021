import { type Pattern, parsePattern } from "../paths/pattern.ts";
import type { Reading } from "./readings.ts";

/**
 * A line that GitHub skips or may read differently than we do. If it would decide a path, nobody is known to own the
 * path until the line is fixed: neither what the maintainers meant nor what GitHub does with it is certain.
 */
export interface Ambiguity {
  /** 1-based. */
  readonly line: number;
  /** The paths it may concern. */
  readonly pattern: Pattern;
  /** What is wrong and what to do. */
  readonly message: string;
}

export function ambiguitiesFrom(line: number, { patterns, message }: Reading): readonly Ambiguity[] {
  return [...new Set(patterns.map(loosen))].flatMap((source) => {
    const parsed = parsePattern(source);
    return parsed.ok ? [{ line, pattern: parsed.pattern, message }] : [];
  });
}

/**
 * Turns a pattern into a valid one for every path it may have been meant for: brackets as a set or as themselves,
 * `!` left out, a leading `\#` as `#`, a later `#` as itself or as a comment, `***` as `**`. What else is invalid
 * may mean anything from there on. Only a pattern that means nothing (`/`, `!`) stays invalid.
 */
function loosen(pattern: string): string {
  const loose = pattern
    .replace(/^!+/, "")
    .replace(/^\\?#/, "?")
    .replace(/(?<!\\)\\*#[\s\S]*$/, "**")
    .replace(ESCAPE_OR_SET, (found) => (found.startsWith("\\") ? found : "?*"))
    .replace(/(?<=^|\/)\*\*\/$/, "**")
    .replace(/\*{3,}/g, "**");
  if (loose === "" || loose === "/") return loose;
  const parsed = parsePattern(loose);
  return parsed.ok ? loose : `${loose.slice(0, parsed.column - 1)}**`.replace(/(?<!\*)\*{3,}$/, "**");
}

/** A set is taken for one only where it plainly ends: it may begin with `]`, hold another `[`, or hold a slash. */
const ESCAPE_OR_SET = /\\[\s\S]|\[[!^]?[^[\]/\\!^][^[\]/\\]*\]/g;
