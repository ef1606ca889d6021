import { OutOfSteps, type Steps } from "../../../notation/steps.ts";
import { HAZARD_LIMITS } from "../limits.ts";

/** The text is not HCL. */
export class HclSyntax extends Error {}

const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const SPACES = /[ \t]+/y;
const LINE_COMMENT = /(?:#|\/\/)[^\n]*/y;
const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\n/uy;
const PLAIN = /[^"\\$%\n]+/y;

const PAIRS: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };

export interface HclText {
  readonly value: string;
  /** False when it holds an interpolation or a directive. */
  readonly literal: boolean;
}

/** A place in a text of HCL, and the tokens that can be taken there. Each throws {@link HclSyntax} for others. */
export class HclCursor {
  readonly #text: string;
  /** For what is read within a text of HCL: JSON in a here-document. */
  readonly steps: Steps;
  position = 0;
  line = 1;
  depth = 0;

  constructor(text: string, steps: Steps) {
    this.#text = text;
    this.steps = steps;
  }

  get atEnd(): boolean {
    return this.position >= this.#text.length;
  }

  get character(): string {
    return this.#text.charAt(this.position);
  }

  looksAt(token: string): boolean {
    return this.#text.startsWith(token, this.position);
  }

  textFrom(start: number): string {
    return this.#text.slice(start, this.position);
  }

  take(token: string): void {
    if (!this.looksAt(token)) throw new HclSyntax();
    this.position += token.length;
  }

  open(bracket: string): void {
    this.take(bracket);
    this.depth += 1;
    if (this.depth > HAZARD_LIMITS.depth) throw new OutOfSteps();
  }

  close(bracket: string): void {
    this.take(bracket);
    this.depth -= 1;
  }

  takeName(): string {
    const name = this.#match(NAME);
    if (name === null) throw new HclSyntax();
    return name;
  }

  /** A number, or anything else that `pattern` (sticky) reads within a line. */
  takeIf(pattern: RegExp): string | null {
    return this.#match(pattern);
  }

  skipSpaces(): void {
    while (this.#match(SPACES) !== null || this.#match(LINE_COMMENT) !== null || this.#skipBlockComment());
  }

  /** One that does not end is a defect: looked for at every slash again, it would be read as often. */
  #skipBlockComment(): boolean {
    if (!this.looksAt("/*")) return false;
    const end = this.#text.indexOf("*/", this.position + 2);
    if (end === -1) throw new HclSyntax();
    this.#move(end + 2 - this.position);
    return true;
  }

  /** Spaces, comments and line ends. */
  skipBlank(): void {
    for (;;) {
      this.skipSpaces();
      if (!this.looksAt("\n")) return;
      this.#next();
    }
  }

  takeString(): HclText {
    const start = this.position;
    this.take('"');
    let literal = true;
    for (;;) {
      this.#match(PLAIN);
      if (this.looksAt('"')) break;
      if (this.looksAt("\\")) this.position += 2;
      else if (this.looksAt("$${") || this.looksAt("%%{")) this.position += 3;
      else if (this.looksAt("${") || this.looksAt("%{")) {
        literal = false;
        this.position += 1;
        this.skipGroup();
      } else if (this.atEnd || this.looksAt("\n")) throw new HclSyntax();
      else this.position += 1;
    }
    this.take('"');
    const value = this.textFrom(start).slice(1, -1);
    return { value: value.replaceAll('\\"', '"'), literal };
  }

  takeHeredoc(): HclText | null {
    HEREDOC.lastIndex = this.position;
    const head = HEREDOC.exec(this.#text);
    if (head === null) return null;
    this.#move(head[0].length);
    const lines: string[] = [];
    for (;;) {
      if (this.atEnd) throw new HclSyntax();
      const end = this.#text.indexOf("\n", this.position);
      const line = this.#text.slice(this.position, end === -1 ? undefined : end);
      if (line.trim() === head[2]) {
        this.position += line.length;
        const value = lines.join("\n");
        return { value, literal: !/(?<!\$)\$\{|(?<!%)%\{/.test(value) };
      }
      lines.push(line);
      this.#move(line.length + (end === -1 ? 0 : 1));
    }
  }

  /** Over a bracket and all within it. */
  skipGroup(): void {
    const bracket = this.character;
    const closing = PAIRS[bracket];
    if (closing === undefined) throw new HclSyntax();
    this.open(bracket);
    for (;;) {
      this.skipBlank();
      if (this.atEnd) throw new HclSyntax();
      if (this.looksAt(closing)) break;
      this.skipToken();
    }
    this.close(closing);
  }

  /** Over one token of an expression, or a whole group. */
  skipToken(): void {
    const { character } = this;
    if (PAIRS[character] !== undefined) this.skipGroup();
    else if (character === '"') this.takeString();
    else if ("}])".includes(character)) throw new HclSyntax();
    else if (!this.looksAt("<<") || this.takeHeredoc() === null) {
      if (this.#match(NAME) === null) this.position += 1;
    }
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.#text);
    if (found === null) return null;
    this.#move(found[0].length);
    return found[0];
  }

  #next(): void {
    this.#move(1);
  }

  #move(length: number): void {
    for (let end = this.position + length; this.position < end; this.position += 1) {
      if (this.#text.charCodeAt(this.position) === 10) this.line += 1;
    }
  }
}
