import { OutOfSteps } from "../../../notation/steps.ts";

/** One statement, without its comments, its strings emptied, on one line. */
export interface SqlStatement {
  /** Where its first word stands, from 1. */
  readonly line: number;
  readonly text: string;
}

/** Words after which a statement begins within a block. */
const OPENS = /^(?:begin|then|else|loop)$/i;
/** Within one another; the body of each is read again. */
const MOST_BLOCKS = 4;
const DOLLAR = /\$(?:[A-Za-z_]\w*)?\$/y;

/**
 * Cuts SQL of any common dialect into statements. Strings and comments say nothing; the body of a `DO` block is read
 * as statements of its own, that of a function or trigger is not, because it does not run now.
 * @throws {OutOfSteps}
 */
export function readSql(source: string, { firstLine = 1, blocks = 0 } = {}): readonly SqlStatement[] {
  if (blocks > MOST_BLOCKS) throw new OutOfSteps();
  const statements: SqlStatement[] = [];
  const hasBackslashes = source.includes("`");
  let line = firstLine;
  let start = 0;
  let words: string[] = [];
  let bodies: { readonly text: string; readonly line: number }[] = [];
  const finish = () => {
    const whole = words.join("").replaceAll(/\s+/g, " ").trim();
    if (whole !== "") statements.push({ line: start, text: whole });
    if (/^DO\b/i.test(whole))
      for (const body of bodies)
        for (const each of readSql(body.text, { firstLine: body.line, blocks: blocks + 1 }))
          statements.push(each);
    words = [];
    bodies = [];
  };
  const add = (piece: string) => {
    if (words.length === 0) {
      if (piece.trim() === "") return;
      start = line;
    }
    words.push(piece);
  };
  for (let index = 0; index < source.length; ) {
    const end = tokenEnd(source, index, hasBackslashes);
    const token = source.slice(index, end);
    const first = token.charAt(0);
    if (token === ";" || (/^go$/i.test(token) && aloneOnLine(source, index, end))) finish();
    else if (blocks > 0 && OPENS.test(token)) finish();
    else if (first === "'") add("''");
    else if (token.startsWith("/*!")) add(token.replace(/^\/\*!\d*/, " ").replace(/\*\/$/, " "));
    else if (isComment(token)) add(" ");
    else if (first === "$" && isTagged(token)) {
      const tag = DOLLAR.lastIndex;
      bodies.push({ text: token.slice(tag, -tag), line });
      add("''");
    } else add(token);
    for (let at = index; at < end; at += 1) if (source.charCodeAt(at) === 10) line += 1;
    index = end;
  }
  finish();
  return statements;
}

/** Leaves the end of the tag in `DOLLAR.lastIndex`. */
function isTagged(token: string): boolean {
  DOLLAR.lastIndex = 0;
  return DOLLAR.test(token);
}

function isComment(token: string): boolean {
  return token.startsWith("--") || token.startsWith("/*") || token.startsWith("#");
}

const WORD = /[\w$]+|\s+/y;
/** What begins a word or a blank, but for `$`. */
const IN_WORD = /[\w\s]/;

function tokenEnd(source: string, index: number, hasBackslashes: boolean): number {
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
  DOLLAR.lastIndex = index;
  const tag = DOLLAR.exec(source)?.[0];
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

function aloneOnLine(source: string, index: number, end: number): boolean {
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
