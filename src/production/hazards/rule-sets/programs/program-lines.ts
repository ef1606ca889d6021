import type { Side } from "../../hazard.ts";
import { blankComments } from "../../reading/blank-comments.ts";
import type { FileChange } from "../../reading/change.ts";
import { makesThings } from "./constructs.ts";

/** A comment that ends on its line is none where more follows. */
const COMMENT = /^\s*(?:#|\/\/|(?!.*\*\/\s*\S)(?:\/\*|\*))/;

export interface ProgramLine {
  readonly line: number;
  readonly text: string;
  /** Without what may be a comment. */
  readonly plain: string;
}

const known = {
  before: new WeakMap<FileChange, readonly ProgramLine[]>(),
  after: new WeakMap<FileChange, readonly ProgramLine[]>(),
};

/**
 * The lines of one side that are not only comments, worked out once for all rules.
 * @throws {OutOfSteps}
 */
export function programLines(file: FileChange, side: Side): readonly ProgramLine[] {
  const lines = known[side].get(file) ?? read(file, file[side] ?? "");
  known[side].set(file, lines);
  return lines;
}

function read({ path, steps }: FileChange, text: string): readonly ProgramLine[] {
  steps.take(text.length);
  const plain = blankComments(text, path).split("\n");
  return text
    .split("\n")
    .map((line, index) => ({ line: index + 1, text: line, plain: plain[index] ?? "" }))
    .filter((line) => !COMMENT.test(line.text));
}

/** Both sides of a program that makes something, where it has both or is new. */
export function programOf(file: FileChange) {
  if (file.after == null || !makesThings(file)) return null;
  return { before: programLines(file, "before"), after: programLines(file, "after") };
}
