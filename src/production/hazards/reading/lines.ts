import type { Side } from "../hazard.ts";

export interface ChangedLine {
  readonly side: Side;
  /** From 1, on its side. */
  readonly line: number;
  readonly text: string;
}

export interface ChangedLines {
  readonly before: readonly ChangedLine[];
  readonly after: readonly ChangedLine[];
}

const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** The lines that only one of two contents has. A line that was moved or indented is on both sides, and left out. */
export function linesBetween(before: string, after: string): ChangedLines {
  if (before === after) return { before: [], after: [] };
  return withoutMoved(allLines(before, "before"), allLines(after, "after"));
}

/** The removed and added lines of a unified diff, without those that were only moved or indented. */
export function linesOfPatch(patch: string): ChangedLines {
  const before: ChangedLine[] = [];
  const after: ChangedLine[] = [];
  let old = 1;
  let now = 1;
  for (const raw of patch.split("\n")) {
    const hunk = HUNK.exec(raw);
    if (hunk !== null) {
      old = Math.max(1, Number(hunk[1]));
      now = Math.max(1, Number(hunk[2]));
    } else if (raw.startsWith("-")) {
      before.push({ side: "before", line: old, text: raw.slice(1) });
      old += 1;
    } else if (raw.startsWith("+")) {
      after.push({ side: "after", line: now, text: raw.slice(1) });
      now += 1;
    } else if (!raw.startsWith("\\")) {
      old += 1;
      now += 1;
    }
  }
  return withoutMoved(before, after);
}

function allLines(text: string, side: Side): readonly ChangedLine[] {
  if (text === "") return [];
  return text.split("\n").map((line, index) => ({ side, line: index + 1, text: line }));
}

function withoutMoved(before: readonly ChangedLine[], after: readonly ChangedLine[]): ChangedLines {
  if (before.length === 0 || after.length === 0) return { before: joined(before), after: joined(after) };
  const gone = new Set(before.map(({ text }) => text.trim()));
  if (!after.some(({ text }) => gone.has(text.trim())))
    return { before: joined(before), after: joined(after) };
  return { before: joined(only(before, after)), after: joined(only(after, before)) };
}

interface Whole {
  readonly first: ChangedLine;
  readonly texts: string[];
}

/**
 * A command that goes on after a backslash is one line, at its first. A comment within it ends it in a shell and not in
 * a Dockerfile, so that what follows is read both ways.
 */
function joined(lines: readonly ChangedLine[]): readonly ChangedLine[] {
  if (!lines.some(({ text }) => goesOn(text))) return lines;
  const wholes: Whole[] = [];
  let open: Whole[] = [];
  let next = 0;
  let isAfterComment = false;
  for (const each of lines) {
    if (each.line !== next) open = [];
    const isComment = /^\s*#/.test(each.text);
    const isMore = goesOn(each.text) && !isComment;
    const text = isMore ? each.text.slice(0, -1) : each.text;
    if (!isComment) for (const whole of open) whole.texts.push(text.trim());
    if (isComment || open.length === 0 || isAfterComment) {
      const whole = { first: each, texts: [text] };
      wholes.push(whole);
      if (!isComment) open = [...open.slice(0, 1), whole];
    }
    isAfterComment = isComment;
    if (!isMore && !isComment) open = [];
    next = each.line + 1;
  }
  return wholes.map(({ first, texts }) => ({ ...first, text: texts.join(" ") }));
}

/** A backslash that another one takes for itself is only a character. */
function goesOn(text: string): boolean {
  let at = text.length;
  while (text.charAt(at - 1) === "\\") at -= 1;
  return (text.length - at) % 2 === 1;
}

/** Each line of the one side takes one equal line of the other away. */
function only(lines: readonly ChangedLine[], others: readonly ChangedLine[]): readonly ChangedLine[] {
  const counts = new Map<string, number>();
  for (const { text } of others) {
    const key = text.trim();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return lines.filter(({ text }) => {
    const key = text.trim();
    const count = counts.get(key) ?? 0;
    if (count > 0) counts.set(key, count - 1);
    return count === 0;
  });
}
