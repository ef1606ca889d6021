const CONTEXT = 3;
/** Above this many cells the line matrix is not worth its memory: the changed block is shown as replaced whole. */
const MAX_CELLS = 4_000_000;

type Line = { readonly kind: " " | "-" | "+"; readonly text: string };

export interface TextDiff {
  readonly additions: number;
  readonly deletions: number;
  /** Hunks of a unified diff without file headers; empty when the texts are equal. */
  readonly patch: string;
}

export function diffText(before: string, after: string): TextDiff {
  const lines = diffLines(splitLines(before), splitLines(after));
  return {
    additions: lines.filter((line) => line.kind === "+").length,
    deletions: lines.filter((line) => line.kind === "-").length,
    patch: hunks(lines).map(formatHunk).join("\n"),
  };
}

/** A last line without its newline keeps the mark that diff prints for it. */
function splitLines(text: string): readonly string[] {
  if (text === "") return [];
  const lines = text.split("\n");
  const last = lines.pop();
  if (last) lines.push(`${last}\n\\ No newline at end of file`);
  return lines;
}

function diffLines(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const shorter = Math.min(before.length, after.length) - start;
  while (end < shorter && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return [
    ...before.slice(0, start).map((text) => line(" ", text)),
    ...diffMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map((text) => line(" ", text)),
  ];
}

function diffMiddle(before: readonly string[], after: readonly string[]): readonly Line[] {
  if (before.length * after.length > MAX_CELLS || before.length === 0 || after.length === 0)
    return [...before.map((text) => line("-", text)), ...after.map((text) => line("+", text))];
  const common = commonLengths(before, after);
  const width = after.length + 1;
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const removed = before[i];
    const added = after[j];
    if (removed !== undefined && removed === added) {
      lines.push(line(" ", removed));
      i++;
      j++;
    } else if (
      removed !== undefined &&
      (added === undefined || (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      lines.push(line("-", removed));
      i++;
    } else if (added !== undefined) {
      lines.push(line("+", added));
      j++;
    }
  }
  return lines;
}

/** Length of the longest common subsequence of the suffixes from (i, j), row by row. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1;
  const table = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      table[i * width + j] =
        before[i] === after[j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
  return table;
}

interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly Line[];
}

function hunks(lines: readonly Line[]): readonly Hunk[] {
  const near = new Set<number>();
  lines.forEach((each, at) => {
    if (each.kind !== " ") for (let i = at - CONTEXT; i <= at + CONTEXT; i++) near.add(i);
  });
  const found: { oldStart: number; newStart: number; lines: Line[] }[] = [];
  let oldLine = 1;
  let newLine = 1;
  lines.forEach((each, at) => {
    if (near.has(at)) {
      if (!near.has(at - 1) || at === 0) found.push({ oldStart: oldLine, newStart: newLine, lines: [] });
      found.at(-1)?.lines.push(each);
    }
    if (each.kind !== "+") oldLine++;
    if (each.kind !== "-") newLine++;
  });
  return found;
}

function formatHunk({ oldStart, newStart, lines }: Hunk): string {
  const range = (start: number, kind: "-" | "+") => {
    const count = lines.filter((each) => each.kind === " " || each.kind === kind).length;
    const from = count === 0 ? start - 1 : start;
    return count === 1 ? `${from}` : `${from},${count}`;
  };
  const head = `@@ -${range(oldStart, "-")} +${range(newStart, "+")} @@`;
  return [head, ...lines.map((each) => each.kind + each.text)].join("\n");
}

function line(kind: Line["kind"], text: string): Line {
  return { kind, text };
}
