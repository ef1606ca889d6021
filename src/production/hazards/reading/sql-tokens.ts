/** What stands before and after the text of a function or block in PostgreSQL. */
export const DOLLAR_TAG = /\$(?:[A-Za-z_]\w*)?\$/y;

const WORD = /[\w$]+|\s+/y;
/** What begins a word or a blank, but for `$`. */
const IN_WORD = /[\w\s]/;

export function tokenEnd(source: string, index: number, hasBackslashes: boolean): number {
  const character = source.charAt(index);
  if (IN_WORD.test(character)) {
    WORD.lastIndex = index;
    return WORD.test(source) ? WORD.lastIndex : index + 1;
  }
  const two = source.slice(index, index + 2);
  if (two === "--" || (character === "#" && hasBackslashes)) return lineEnd(source, index);
  if (two === "/*") return after(source, "*/", index + 2);
  if (character === "'") {
    const escapes = hasBackslashes || /(?:^|\W)E$/i.test(source.slice(Math.max(0, index - 2), index));
    return quoteEnd(source, index, escapes);
  }
  if (character === '"' || character === "`") return quoteEnd(source, index, false);
  if (character === "$") return dollarEnd(source, index);
  return index + 1;
}

/** Of a text between two equal tags, or of a word. */
function dollarEnd(source: string, index: number): number {
  DOLLAR_TAG.lastIndex = index;
  const tag = DOLLAR_TAG.exec(source)?.[0];
  if (tag !== undefined) return after(source, tag, index + tag.length);
  WORD.lastIndex = index;
  return WORD.test(source) ? WORD.lastIndex : index + 1;
}

function lineEnd(source: string, index: number): number {
  const end = source.indexOf("\n", index);
  return end === -1 ? source.length : end;
}

function after(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  return found === -1 ? source.length : found + mark.length;
}

function quoteEnd(source: string, start: number, escapes: boolean): number {
  const quote = source.charAt(start);
  for (let index = start + 1; index < source.length; index += 1) {
    const character = source.charAt(index);
    if (escapes && character === "\\") index += 1;
    else if (character === quote) {
      if (source.charAt(index + 1) !== quote) return index + 1;
      index += 1;
    }
  }
  return source.length;
}

export function aloneOnLine(source: string, index: number, end: number): boolean {
  let from = index;
  while (isBlank(source, from - 1)) from -= 1;
  let to = end;
  while (isBlank(source, to)) to += 1;
  return (from === 0 || source[from - 1] === "\n") && (to === source.length || source[to] === "\n");
}

/** Other than a line end. */
function isBlank(source: string, index: number): boolean {
  const character = source.charAt(index);
  return character !== "\n" && character !== "" && character.trim() === "";
}
