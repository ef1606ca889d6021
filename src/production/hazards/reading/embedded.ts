import type { FileChange } from "./change.ts";
import type { ChangedLine } from "./lines.ts";

const TEMPLATES = /\.(?:[cm]?[jt]sx?|vue|svelte)$/i;
const TRIPLE = /\.pyi?$/i;
const HERE = /\.(?:sh|bash|zsh|ksh|rb|rake|p[lm]|php)$|(?:^|\/)[^./]+$/i;

type Numbers = ReadonlySet<number>;
const NONE: Numbers = new Set();
const known = { before: new WeakMap<FileChange, Numbers>(), after: new WeakMap<FileChange, Numbers>() };

/**
 * The numbers of the lines that begin within a text of the program, which may go on, be run or be handed to another
 * language: there, what looks like a comment need not be one.
 */
export function embeddedLines(file: FileChange, side: ChangedLine["side"]): Numbers {
  const text = file[side];
  if (text == null) return NONE;
  const found = known[side].get(file);
  if (found !== undefined) return found;
  const lines = read(file.path, text);
  known[side].set(file, lines);
  return lines;
}

function read(path: string, text: string): Numbers {
  if (TEMPLATES.test(path)) return text.includes("`") ? withinTemplates(text) : NONE;
  if (TRIPLE.test(path)) return text.includes('"""') || text.includes("'''") ? withinTriples(text) : NONE;
  return HERE.test(path) && text.includes("<<") ? withinHereDocuments(text) : NONE;
}

/** Those whose mark is not quoted. Others are taken as they stand, and so hide nothing within them. */
const OPENS = /<<[-~<]?[^\S\n]*(\w+)/g;

function withinHereDocuments(text: string): Numbers {
  const found = new Set<number>();
  const open = new Set<string>();
  for (const [index, line] of text.split("\n").entries()) {
    open.delete(/^(\w+)[;,)]{0,3}$/.exec(line.trim())?.[1] ?? "");
    if (open.size > 0) found.add(index + 1);
    for (const [, mark = ""] of line.matchAll(OPENS)) open.add(mark);
  }
  return found;
}

/** A text between three quotes, wherever it stands; a comment with three of them only makes more of it text. */
function withinTriples(text: string): Numbers {
  const found = new Set<number>();
  const open = new Set<string>();
  for (const [index, line] of text.split("\n").entries()) {
    if (open.size > 0) found.add(index + 1);
    for (const quotes of ['"""', "'''"]) {
      if ((line.split(quotes).length - 1) % 2 === 0) continue;
      if (!open.delete(quotes)) open.add(quotes);
    }
  }
  return open.size === 0 ? found : all(text);
}

const all = (text: string): Numbers => new Set(text.split("\n").map((_, index) => index + 1));

/** What a program's text is made of as far as it decides where a template begins and ends. */
const CODE = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|\/[/*]?|[`{}]|\n/g;
const TEXT = /\\[\s\S]|`|\$\{|\n/g;
/** After a sign that may begin an expression, these may be within it. */
const UNCERTAIN = /^(?:(?!\/\*)[^\n`]){0,2000}(?:`|\/\*|(?<=[^\n]{2000}))/;

/** Backticks in turn, with the expressions within them. Where that is not certain, every line counts. */
function withinTemplates(source: string): Numbers {
  const found = new Set<number>();
  /** Of each expression within a template, the brackets that are open in it. */
  const open: number[] = [];
  let isText = false;
  let line = 1;
  for (let at = 0; at < source.length; ) {
    const pattern = isText ? TEXT : CODE;
    pattern.lastIndex = at;
    const token = pattern.exec(source)?.[0];
    if (token === undefined) break;
    const start = pattern.lastIndex;
    at = endOf(token, source, start);
    if (token === "/" && UNCERTAIN.test(source.slice(start, start + 4_100))) return all(source);
    for (const character of token + source.slice(start, at))
      if (character === "\n") {
        line += 1;
        if (isText || open.length > 0) found.add(line);
      }
    isText = isTextAfter(token, { isText, open });
  }
  return isText || open.length > 0 ? all(source) : found;
}

/** A comment is passed over. */
function endOf(token: string, source: string, start: number): number {
  const mark = token === "//" ? "\n" : token === "/*" ? "*/" : undefined;
  if (mark === undefined) return start;
  const end = source.indexOf(mark, start);
  return end === -1 ? source.length : end + (mark === "*/" ? mark.length : 0);
}

interface Place {
  readonly isText: boolean;
  readonly open: number[];
}

function isTextAfter(token: string, { isText, open }: Place): boolean {
  if (token === "`") return !isText;
  if (token === "${" && isText) {
    open.push(0);
    return false;
  }
  const brackets = open.at(-1);
  if (isText || brackets === undefined) return isText;
  if (token === "{") open[open.length - 1] = brackets + 1;
  if (token !== "}") return isText;
  if (brackets === 0) open.pop();
  else open[open.length - 1] = brackets - 1;
  return brackets === 0;
}
