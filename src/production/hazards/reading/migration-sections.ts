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

/** `outside` stands before the first mark. */
export type Section = "outside" | "there" | "back";

/**
 * In which section each line stands, from 1: by the marks of the tool whose mark for the way there comes up. Without
 * that mark, the words are a comment like any other.
 */
export function sectionsIn(source: string): (line: number) => Section {
  const lines = source.split("\n");
  const section = SECTIONS.find(({ up }) => lines.some((line) => up.test(line)));
  if (section === undefined) return () => "there";
  let now: Section = "outside";
  const found = lines.map((line) => {
    if (section.up.test(line)) now = "there";
    // Before the way there, it is none of the tool's.
    else if (now !== "outside" && section.down.test(line)) now = "back";
    return now;
  });
  return (line) => found[line - 1] ?? "there";
}
