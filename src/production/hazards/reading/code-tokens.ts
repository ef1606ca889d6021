import { languageOf } from "./languages.ts";

/** One word, sign or text of code. */
export interface Token {
  readonly kind: "word" | "sign" | "text" | "line" | "in" | "out";
  /** Of a text, what stands between its quotes, with the quotes where they mean something. */
  readonly value: string;
}

/** Texts whose quotes matter to what is in them are left with their quotes. */
const HAS_MEANING = /[\\$]|#\{/;
const NUMBER_OR_WORD = /[\p{L}\p{N}_$@][\p{L}\p{N}_$?!]*/uy;
const QUOTES = ['"""', "'''", '"', "'", "`"];

function textEnd(source: string, start: number, quote: string): number {
  let from = start + quote.length;
  for (;;) {
    const end = source.indexOf(quote, from);
    if (end === -1) return source.length;
    let slashes = 0;
    while (source[end - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 0) return end + quote.length;
    from = end + 1;
  }
}

const lineEnd = (source: string, from: number) => {
  const end = source.indexOf("\n", from);
  return end === -1 ? source.length : end;
};

/** How far the lines are set in is part of the code in Python alone. */
class Indents {
  readonly #open: number[] = [0];

  *upTo(indent: number): Generator<Token> {
    while (indent < (this.#open.at(-1) ?? 0)) {
      this.#open.pop();
      yield { kind: "out", value: "" };
    }
    if (indent > (this.#open.at(-1) ?? 0)) {
      this.#open.push(indent);
      yield { kind: "in", value: "" };
    }
  }
}

/**
 * The code of a file without blanks and comments; `null` for a language that is not known. Of Python, lines and indents
 * are tokens too.
 */
export function codeTokens(source: string, path: string): readonly Token[] | null {
  const language = languageOf(path);
  if (language === undefined) return null;
  const hasIndents = path.endsWith(".py");
  const tokens: Token[] = [];
  const indents = new Indents();
  let depth = 0;
  let isLineStart = true;
  let place = 0;
  while (place < source.length) {
    const letter = source.charAt(place);
    if (letter === "\n" || letter === " " || letter === "\t" || letter === "\r") {
      if (letter === "\n" && depth === 0) {
        if (hasIndents && !isLineStart) tokens.push({ kind: "line", value: "" });
        isLineStart = true;
      }
      place += 1;
      continue;
    }
    language.comment.lastIndex = place;
    if (language.comment.test(source)) {
      place = lineEnd(source, place);
      continue;
    }
    if (language.blockComments && source.startsWith("/*", place)) {
      const end = source.indexOf("*/", place + 2);
      place = end === -1 ? source.length : end + 2;
      continue;
    }
    if (hasIndents && letter === "\\" && source.charAt(place + 1) === "\n") {
      place += 2;
      continue;
    }
    if (hasIndents && isLineStart && depth === 0) {
      const start = source.lastIndexOf("\n", place) + 1;
      tokens.push(...indents.upTo(place - start));
    }
    isLineStart = false;
    const quote = QUOTES.find(
      (each) => source.startsWith(each, place) && (each.length === 1 || language.triple),
    );
    if (quote !== undefined) {
      const end = textEnd(source, place, quote);
      const text = source.slice(place + quote.length, Math.max(place + quote.length, end - quote.length));
      const isPlain = quote !== "`" && !HAS_MEANING.test(text) && !/["']/.test(text);
      tokens.push({ kind: "text", value: isPlain ? text : `${quote}${text}` });
      place = end;
      continue;
    }
    NUMBER_OR_WORD.lastIndex = place;
    const word = NUMBER_OR_WORD.exec(source)?.[0];
    if (word !== undefined) {
      tokens.push({ kind: "word", value: word });
      place += word.length;
      continue;
    }
    if ("([{".includes(letter)) depth += 1;
    if (")]}".includes(letter)) depth = Math.max(0, depth - 1);
    tokens.push({ kind: "sign", value: letter });
    place += 1;
  }
  return tokens;
}
