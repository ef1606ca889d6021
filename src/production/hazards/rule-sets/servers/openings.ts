import type { Finding, Side } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { gained } from "../../reading/compare.ts";
import { shown } from "../../words.ts";
import { blocksOf } from "./blocks.ts";
import { KeepingLines, keyOf } from "./keeping-lines.ts";
import { overruledIn, wokenIn } from "./overruled.ts";
import { KEEPING, OPENING } from "./settings.ts";

interface OpeningLine {
  readonly text: string;
  readonly line: number;
  readonly why: string;
}

function openingLines(file: FileChange): readonly OpeningLine[] {
  const { path, lines, before, after } = file;
  const isOverruled = overruledIn(path, after);
  const woken =
    typeof before === "string" && typeof after === "string" ? wokenIn({ path, before, after }) : [];
  const fresh = [...lines.after.filter((each) => !isOverruled(each)), ...woken];
  return OPENING.filter((row) => row.file.test(path)).flatMap(({ pattern, why }) =>
    fresh.filter(({ text }) => pattern.test(text)).map(({ text, line }) => ({ text, line, why })),
  );
}

/** The lines of one side, each in its block; where the file is not known, those that differ. */
function linesIn(file: FileChange, side: Side) {
  const text = file[side];
  if (typeof text !== "string")
    return file.lines[side].map((each) => ({ ...each, block: "", key: each.text }));
  const lines = text.split("\n");
  const blocks = blocksOf(lines);
  return lines.map((each, index) => {
    const block = blocks[index] ?? "";
    return { text: each, line: index + 1, block, key: JSON.stringify([block, each.trim()]) };
  });
}

function* dropped(file: FileChange, opened: ReadonlySet<string>): Generator<Finding> {
  const { path } = file;
  const rows = KEEPING.filter((row) => row.file.test(path));
  if (file.before === null || rows.length === 0) return;
  const [was, is] = [linesIn(file, "before"), linesIn(file, "after")];
  const blocks = new Set(is.map(({ block }) => block));
  for (const { pattern, why } of rows) {
    const [had, has] = [was, is].map((lines) => lines.filter(({ text }) => pattern.test(text)));
    const came = new KeepingLines(gained(had ?? [], has ?? []), blocks);
    for (const gone of gained(has ?? [], had ?? [])) {
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
