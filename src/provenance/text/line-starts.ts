import { hasTopLevelChoice } from "./safe-pattern.ts";

/**
 * Most lines carry no signal, and a line that does begins like one: its first three letters are looked up in a table
 * before anything else is done with it.
 */
const LETTERS = 3;
const ALPHABET = 26;

/** A line holds fewer than three letters. */
export const TOO_SHORT = -1;
/** Something other than ASCII stands before the third letter: the line has to be normalised first. */
export const FOREIGN = -2;

/** The first three letters as one number, whatever stands around them; up to the end of the line. */
export function startOf(text: string, from = 0): number {
  let start = 0;
  let letters = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a) return TOO_SHORT;
    if (code > 0x7f) return FOREIGN;
    const letter = (code | 0x20) - 0x61;
    if (letter < 0 || letter >= ALPHABET) continue;
    start = start * ALPHABET + letter;
    letters += 1;
    if (letters === LETTERS) return start;
  }
  return TOO_SHORT;
}

/** The same of a line that is normalised: what is not ASCII in it is an ornament or matches nothing. */
export function startOfNormal(text: string): number {
  const start = startOf(text);
  return start === FOREIGN ? startOf(text.replaceAll(/[^\n\p{ASCII}]/gu, "")) : start;
}

/** Which starts are wanted: those of the texts, each of three letters at least, and all with one of the letters. */
export class Starts {
  readonly #wanted = new Uint8Array(ALPHABET ** LETTERS);

  constructor(texts: readonly string[], letters: readonly string[] = []) {
    for (const text of texts) this.#wanted[startOf(text)] = 1;
    for (const letter of letters) {
      const first = startOf(letter.repeat(LETTERS)) % ALPHABET;
      this.#wanted.fill(1, first * ALPHABET ** 2, (first + 1) * ALPHABET ** 2);
    }
  }

  has(start: number): boolean {
    return start >= 0 && this.#wanted[start] === 1;
  }
}

const LITERAL = /^(?:\\[^A-Za-z0-9]|[^\\^$.*+?()[\]{}|])/;

/**
 * The text with which whatever an anchored pattern matches begins; empty when the pattern does not say. An escape
 * of a letter or digit is a class, so the text ends there.
 */
export function literalStart(source: string): string {
  if (!source.startsWith("^") || hasTopLevelChoice(source)) return "";
  let literal = "";
  let rest = source.slice(1);
  for (let token = LITERAL.exec(rest); token !== null; token = LITERAL.exec(rest)) {
    rest = rest.slice(token[0].length);
    // What may be missing or repeated is no fixed beginning.
    if (/^[?*{]/.test(rest)) return literal;
    literal += token[0].replace("\\", "");
  }
  return literal;
}
