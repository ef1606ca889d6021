import { OutOfSteps } from "../../../notation/steps.ts";
import { callsIn, routineOf, runTexts, type SqlText } from "./sql-run.ts";
import { aloneOnLine, DOLLAR_TAG, tokenEnd } from "./sql-tokens.ts";

/** One statement, without its comments, its strings emptied, on one line. */
export interface SqlStatement {
  /** Where its first word stands, from 1. */
  readonly line: number;
  readonly text: string;
  /** What stood between its quotes. */
  readonly strings: readonly SqlText[];
}

/** A statement with the texts between its dollar signs. */
interface Whole extends SqlStatement {
  readonly bodies: readonly SqlText[];
}

/** Words after which a statement begins within a block. */
const OPENS = /^(?:begin|then|else|loop)$/i;
/** Ends a statement where it stands alone on its line. */
const GO = /^go$/i;
const BLANK = /^\s/;
/** Blanks that are to become one. */
const UNEVEN = /[^\S ]| {2}/;
/** Within one another; the body of each is read again. */
const MOST_BLOCKS = 4;

interface Place {
  readonly firstLine?: number;
  readonly blocks?: number;
}

/**
 * Cuts SQL of any common dialect into statements. Comments say nothing, and strings only where the statement runs
 * them. The body of a `DO` block is read as statements of its own; that of a routine only where the same text calls
 * it, because it does not run now.
 * @throws {OutOfSteps}
 */
export function readSql(source: string, place: Place = {}): readonly SqlStatement[] {
  const { blocks = 0 } = place;
  if (blocks > MOST_BLOCKS) throw new OutOfSteps();
  const wholes = cut(blocks === 0 ? named(source) : source, place);
  const calls = wholes.some(({ bodies }) => bodies.length > 0) ? callsIn(wholes) : new Set<string>();
  return wholes.flatMap((whole) => {
    const isCalled = whole.bodies.length > 0 && calls.has(routineOf(whole.text) ?? "");
    const texts = [...runTexts(whole), ...(isCalled ? whole.bodies : [])];
    const inner = texts.flatMap(({ text, line }) => readSql(text, { firstLine: line, blocks: blocks + 1 }));
    return [{ line: whole.line, text: whole.text, strings: whole.strings }, ...inner];
  });
}

/** What a tool fills in, as a name. No name of a text begins so: it says nothing about another one. */
const FILLED_IN =
  /\$\{[ \t]{0,8}([\w.:-]{1,100})[ \t]{0,8}\}|\{\{-?[ \t]{0,8}\.?([\w.]{1,100})[ \t]{0,8}-?\}\}/g;

function named(source: string): string {
  if (!source.includes("{")) return source;
  return source.replaceAll(
    FILLED_IN,
    (_, one: string | undefined, other: string | undefined) =>
      `${(one ?? other ?? "").replaceAll(/\W/g, "_")}$`,
  );
}

function cut(source: string, { firstLine = 1, blocks = 0 }: Place): readonly Whole[] {
  const statements: Whole[] = [];
  const hasBackslashes = source.includes("`");
  let line = firstLine;
  let start = 0;
  let words: string[] = [];
  let strings: SqlText[] = [];
  let bodies: SqlText[] = [];
  const finish = () => {
    const joined = words.join("");
    const text = (UNEVEN.test(joined) ? joined.replaceAll(/\s+/g, " ") : joined).trim();
    if (text !== "") statements.push({ line: start, text, strings, bodies });
    words = [];
    strings = [];
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
    if (BLANK.test(first)) add(" ");
    else if (token === ";" || (GO.test(token) && aloneOnLine(source, index, end))) finish();
    else if (blocks > 0 && OPENS.test(token)) finish();
    else if (first === "'") {
      add("''");
      strings.push({ text: token.slice(1, -1).replaceAll("''", "'"), line });
    } else if (token.startsWith("/*!")) add(token.replace(/^\/\*!\d*/, " ").replace(/\*\/$/, " "));
    else if (isComment(token)) add(" ");
    else if (first === "$" && isTagged(token)) {
      const tag = DOLLAR_TAG.lastIndex;
      bodies.push({ text: token.slice(tag, -tag), line });
      add("''");
    } else add(token);
    if (token.includes("\n"))
      for (let at = index; at < end; at += 1) if (source.charCodeAt(at) === 10) line += 1;
    index = end;
  }
  finish();
  return statements;
}

/** Leaves the end of the tag in `DOLLAR_TAG.lastIndex`. */
function isTagged(token: string): boolean {
  DOLLAR_TAG.lastIndex = 0;
  return DOLLAR_TAG.test(token);
}

function isComment(token: string): boolean {
  return token.startsWith("--") || token.startsWith("/*") || token.startsWith("#");
}
