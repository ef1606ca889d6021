/** How tools mark the way there and the way back in one file. A mark of the one tool ends nothing of another. */
const SECTIONS: readonly { readonly up: RegExp; readonly down: RegExp }[] = [
  { up: /^\s*--\s*\+goose\s+Up\b/i, down: /^\s*--\s*\+goose\s+Down\b/i },
  { up: /^\s*--\s*\+migrate\s+Up\b/i, down: /^\s*--\s*\+migrate\s+Down\b/i },
  { up: /^\s*--\s*migrate:up\b/i, down: /^\s*--\s*migrate:down\b/i },
  { up: /^\s*(?:#\s*---|--)\s*!Ups\b/i, down: /^\s*(?:#\s*---|--)\s*!Downs\b/i },
  { up: /^\s*--\s*up(?:\s+migration)?\s*$/i, down: /^\s*--\s*down(?:\s+migration)?\s*$/i },
  { up: /^\s*--\s*==\s*up\b/i, down: /^\s*--\s*==\s*down\b/i },
  { up: /^--\s*\/\/\s+\S/, down: /^--\s*\/\/\s*@UNDO\b/i },
];

/**
 * The lines of the section that takes the migration back, from 1: that of a tool whose mark for the way there stands
 * first. Without that mark, the words are a comment like any other.
 */
export function downLinesIn(source: string): ReadonlySet<number> {
  const lines = source.split("\n");
  const section = SECTIONS.find(({ up }) => lines.some((line) => up.test(line)));
  const found = new Set<number>();
  if (section === undefined) return found;
  let isUp = false;
  let isDown = false;
  for (const [index, line] of lines.entries()) {
    if (isUp && section.down.test(line)) isDown = true;
    else if (section.up.test(line)) [isUp, isDown] = [true, false];
    if (isDown) found.add(index + 1);
  }
  return found;
}
