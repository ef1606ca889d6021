import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { gained } from "../../reading/compare.ts";
import type { ChangedLine } from "../../reading/lines.ts";
import { shown } from "../../words.ts";
import { Blocks, TOP } from "./blocks.ts";
import { KeepingLines, keyOf } from "./keeping-lines.ts";
import { overruledIn, wokenIn } from "./overruled.ts";
import { KEEPING, OPENING, servedPath } from "./settings.ts";

interface OpeningLine {
  readonly text: string;
  readonly line: number;
  readonly why: string;
}

function openingLines(file: FileChange): readonly OpeningLine[] {
  const { path, lines, before, after } = file;
  const isOverruled = overruledIn(servedPath(path), after);
  const woken =
    typeof before === "string" && typeof after === "string"
      ? wokenIn({ path: servedPath(path), before, after })
      : [];
  const fresh = [...lines.after.filter((each) => !isOverruled(each)), ...woken];
  return OPENING.filter((row) => row.file.test(servedPath(path))).flatMap(({ pattern, why }) =>
    fresh.filter(({ text }) => pattern.test(text)).map(({ text, line }) => ({ text, line, why })),
  );
}

/** The lines of both sides, each in its block; where a side is not known, those that differ. */
function linesOf({ before, after, lines }: FileChange) {
  const blocks = new Blocks();
  if (typeof before === "string" && typeof after === "string")
    return { before: linesIn(before, blocks), after: linesIn(after, blocks) };
  const loose = (each: ChangedLine) => ({ ...each, block: TOP, key: each.text });
  return { before: lines.before.map(loose), after: lines.after.map(loose) };
}

function linesIn(text: string, blocks: Blocks) {
  const lines = text.split("\n");
  const places = blocks.of(lines);
  return lines.map((each, index) => {
    const block = places[index] ?? TOP;
    return { text: each, line: index + 1, block, key: JSON.stringify([block, each.trim()]) };
  });
}

function* dropped(file: FileChange, opened: ReadonlySet<string>): Generator<Finding> {
  const { path } = file;
  const rows = KEEPING.filter((row) => row.file.test(servedPath(path)));
  if (file.before === null || rows.length === 0) return;
  const { before, after } = linesOf(file);
  const standing = new Set(after.map(({ block }) => block));
  for (const { pattern, why } of rows) {
    const had = before.filter(({ text }) => pattern.test(text));
    const has = after.filter(({ text }) => pattern.test(text));
    const came = new KeepingLines(gained(had, has), standing);
    for (const gone of gained(has, had)) {
      const { text, line } = gone;
      if (opened.has(keyOf(text)) || came.takePlaceOf(gone)) continue;
      yield {
        what: shown(text),
        file: path,
        line,
        side: "before",
        why: `drops ${shown(text)} from ${shown(path)}: ${why}`,
        by: "diff",
      };
    }
  }
}

/** What a file lets in that it kept out. */
export function* openingsIn(file: FileChange): Generator<Finding> {
  const { path } = file;
  const opening = openingLines(file);
  for (const { text, line, why } of opening)
    yield {
      what: shown(text),
      file: path,
      line,
      side: "after",
      why: `sets ${shown(text)} in ${shown(path)}: ${why}`,
      by: "diff",
    };
  yield* dropped(file, new Set(opening.map(({ text }) => keyOf(text))));
}
