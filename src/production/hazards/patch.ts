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

/**
 * Reads a unified diff without file names, as GitHub gives it. `null` where it is none or not whole: then nothing
 * can be told from what it leaves out.
 */
export function readPatch(text: string, changed: Counts): Patch | null {
  const rows = text.replace(/\n$/, "").split("\n");
  const hunks: Hunk[] = [];
  for (let at = 0; at < rows.length; ) {
    const hunk = readHunk(rows, at);
    if (hunk === null) return null;
    hunks.push(hunk.hunk);
    at = hunk.next;
  }
  const count = (kind: PatchLine["kind"]) =>
    hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line.kind === kind).length, 0);
  return count("+") === changed.additions && count("-") === changed.deletions ? hunks : null;
}

/** How many lines came and went, by another word than the diff's own. */
interface Counts {
  readonly additions: number;
  readonly deletions: number;
}

function readHunk(
  rows: readonly string[],
  start: number,
): { readonly hunk: Hunk; readonly next: number } | null {
  const [head, oldStart, oldCount = "1", newStart, newCount = "1"] = HEAD.exec(rows[start] ?? "") ?? [];
  if (head === undefined) return null;
  const left = { old: Number(oldCount), new: Number(newCount) };
  const lines: PatchLine[] = [];
  let at = start + 1;
  for (; at < rows.length; at += 1) {
    const row = rows[at] ?? "";
    const last = lines.at(-1);
    if (row.startsWith(NO_END) && last !== undefined) lines[lines.length - 1] = withoutEnd(last);
    else if (left.old === 0 && left.new === 0) break;
    else {
      const kind = row.charAt(0);
      if (kind !== " " && kind !== "-" && kind !== "+") return null;
      if (kind !== "+") left.old -= 1;
      if (kind !== "-") left.new -= 1;
      if (left.old < 0 || left.new < 0) return null;
      lines.push({ kind, text: `${row.slice(1)}\n` });
    }
  }
  if (left.old !== 0 || left.new !== 0) return null;
  return { hunk: { oldStart: Number(oldStart), newStart: Number(newStart), lines }, next: at };
}

function withoutEnd({ kind, text }: PatchLine): PatchLine {
  return { kind, text: text.slice(0, -1) };
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
