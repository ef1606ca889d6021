/** One stretch of a unified diff. Starts are from 1; a side without lines starts at the line before it. */
interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly PatchLine[];
}

interface PatchLine {
  readonly kind: " " | "-" | "+";
  /** With its end, unless it is the last of its side and has none. */
  readonly text: string;
}

/** A diff of one file that says all it promises: each hunk as many lines as its head, and none is left over. */
export type Patch = readonly Hunk[];

const HEAD = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
const NO_END = "\\";

/** How many lines came and went, by another word than the diff's own. */
interface Counts {
  readonly additions: number;
  readonly deletions: number;
}

/** What is told of a diff, row by row. A line is given by its offsets, without its kind and its end. */
interface Told {
  readonly hunk: (oldStart: number, newStart: number) => void;
  readonly line: (kind: PatchLine["kind"], from: number, end: number) => void;
  /** The last line has no end. */
  readonly noEnd: () => void;
}

/**
 * Reads a unified diff without file names, as GitHub gives it. `null` where it is none or not whole: then nothing
 * can be told from what it leaves out.
 */
export function readPatch(text: string, changed: Counts): Patch | null {
  const hunks: (Hunk & { readonly lines: PatchLine[] })[] = [];
  const isWhole = walk(text, changed, {
    hunk: (oldStart, newStart) => hunks.push({ oldStart, newStart, lines: [] }),
    line: (kind, from, end) => hunks.at(-1)?.lines.push({ kind, text: `${text.slice(from, end)}\n` }),
    noEnd: () => {
      const lines = hunks.at(-1)?.lines ?? [];
      const last = lines.pop();
      if (last !== undefined) lines.push({ kind: last.kind, text: last.text.slice(0, -1) });
    },
  });
  return isWhole ? hunks : null;
}

const NOBODY: Told = { hunk: () => {}, line: () => {}, noEnd: () => {} };

/** Whether {@link readPatch} reads it, without making anything of it. */
export function isWholePatch(text: string, changed: Counts): boolean {
  return walk(text, changed, NOBODY);
}

/** Whether it is a diff, and whole. */
function walk(text: string, { additions, deletions }: Counts, told: Told): boolean {
  const length = text.endsWith("\n") ? text.length - 1 : text.length;
  const left = { old: 0, new: 0 };
  const seen = { additions: 0, deletions: 0 };
  let hasLines = false;
  for (let from = 0, end = 0; from <= length; from = end + 1) {
    end = endOfRow(text, from, length);
    const kind = text.charAt(from);
    if (kind === NO_END && hasLines) told.noEnd();
    else if (left.old === 0 && left.new === 0) {
      const head = HEAD.exec(text.slice(from, end));
      if (head === null) return false;
      const [, oldStart, oldCount = "1", newStart, newCount = "1"] = head;
      left.old = Number(oldCount);
      left.new = Number(newCount);
      hasLines = false;
      told.hunk(Number(oldStart), Number(newStart));
    } else {
      if (kind !== " " && kind !== "-" && kind !== "+") return false;
      if (kind === "+") seen.additions += 1;
      else left.old -= 1;
      if (kind === "-") seen.deletions += 1;
      else left.new -= 1;
      if (left.old < 0 || left.new < 0) return false;
      hasLines = true;
      told.line(kind, from + 1, end);
    }
  }
  const isAtEnd = left.old === 0 && left.new === 0;
  return isAtEnd && seen.additions === additions && seen.deletions === deletions;
}

function endOfRow(text: string, from: number, length: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? length : end;
}

/** The content before the change; `null` where the diff does not fit the content after it, line for line. */
export function textBefore(after: string, patch: Patch): string | null {
  const now = after.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const was: string[] = [];
  let at = 0;
  for (const { newStart, lines } of patch) {
    const isEmpty = !lines.some(({ kind }) => kind !== "-");
    const start = isEmpty ? newStart : newStart - 1;
    if (start < at || start > now.length) return null;
    for (; at < start; at += 1) was.push(now[at] ?? "");
    for (const { kind, text } of lines) {
      if (kind !== "+") was.push(text);
      if (kind === "-") continue;
      if (withoutMark(now[at]) !== withoutMark(text)) return null;
      at += 1;
    }
  }
  return [...was, ...now.slice(at)].join("");
}

/** Whether a byte order mark begins a text is told by one answer and not by the other. */
function withoutMark(line: string | undefined): string | undefined {
  return line?.replace(/^\uFEFF/, "");
}

/** For a line before the change: the line after it at which that stands, or the next that still stands, from 1. */
export function lineFinder(patch: Patch): (line: number) => number {
  const stretches = patch.map(stretchOf);
  return (line) => {
    const index = stretches.findLastIndex(({ first }) => first <= line);
    const stretch = stretches[index];
    if (stretch === undefined) return Math.max(1, line);
    return Math.max(1, stretch.places[line - stretch.first] ?? line + stretch.shift);
  };
}

/** A hunk as it maps lines. */
interface Stretch {
  readonly first: number;
  /** Where each of its lines before the change stands, beginning with the first. */
  readonly places: readonly number[];
  /** Of the lines after it. */
  readonly shift: number;
}

function stretchOf({ oldStart, newStart, lines }: Hunk): Stretch {
  const first = lines.some(({ kind }) => kind !== "+") ? oldStart : oldStart + 1;
  let now = lines.some(({ kind }) => kind !== "-") ? newStart : newStart + 1;
  const places: number[] = [];
  for (const { kind } of lines) {
    if (kind !== "+") places.push(now);
    if (kind !== "-") now += 1;
  }
  return { first, places, shift: now - first - places.length };
}
