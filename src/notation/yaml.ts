import {
  Composer,
  CST,
  type Document,
  type DocumentOptions,
  Lexer,
  type LineCounter,
  type ParseOptions,
  Parser,
  type SchemaOptions,
  type YAMLError,
  YAMLParseError,
} from "yaml";
import { OutOfSteps, type Steps } from "./steps.ts";

type Options = Omit<ParseOptions, "lineCounter"> & DocumentOptions & SchemaOptions;

export interface YamlRequest {
  /** Told of every line. */
  readonly lines: LineCounter;
  readonly steps: Steps;
  readonly options: Options;
}

export type YamlReading =
  | { readonly document: Document.Parsed; readonly defect: null }
  /** The first of the text; what follows is not read. */
  | { readonly document: null; readonly defect: YAMLError };

/**
 * Reads the one document of a text with the `yaml` library, token by token, up to the first defect; a second document
 * is one. The library makes an error object of each defect, and looks at some tokens again and again, so both are
 * bounded here.
 * @throws {OutOfSteps}
 */
export function readYamlDocument(text: string, { lines, steps, options }: YamlRequest): YamlReading {
  const composer = new Composer(options);
  const collectAgain = stopAtFirstDefect(composer);
  let begun = false;
  try {
    for (const token of tokensOf(text, lines, steps)) {
      if (token.type === "document" && begun) return { document: null, defect: secondDocument(token.offset) };
      begun ||= token.type === "document";
      // A document is handed out when the next one begins, which is not read.
      for (const _ of composer.next(token));
      if (token.type === "error") throw new FirstDefect();
    }
  } catch (error) {
    if (!(error instanceof FirstDefect)) throw error;
  }
  collectAgain();
  const [document] = composer.end(true, text.length);
  const [defect] = document?.errors ?? [];
  if (defect !== undefined) return { document: null, defect };
  if (document === undefined) throw new TypeError("the composer gives a document when it is forced to");
  return { document, defect: null };
}

/**
 * Whether a tag or an anchor stands in a text, outside of its scalars and comments.
 * @throws {OutOfSteps}
 */
export function marksNodes(text: string, steps: Steps): boolean {
  let isScalar = false;
  for (const source of new Lexer().lex(text)) {
    steps.take(TOKEN_STEPS + source.length);
    const type = isScalar ? "scalar" : CST.tokenType(source);
    if (type === "tag" || type === "anchor") return true;
    // The lexer hands a sign of its own before the text of a scalar.
    isScalar = source === CST.SCALAR;
  }
  return false;
}

function secondDocument(offset: number): YAMLError {
  return new YAMLParseError([offset, offset + 1], "MULTIPLE_DOCS", "A second document begins here");
}

class FirstDefect extends Error {}

/**
 * The composer only collects defects, as many as there are. What it tells them to is not public, but all that it has.
 * Answers how to have it collect them again.
 */
function stopAtFirstDefect(composer: Composer): () => void {
  const note: unknown = Reflect.get(composer, "onError");
  if (typeof note !== "function") throw new TypeError("the composer of yaml has no onError any more");
  Reflect.set(composer, "onError", (...given: readonly unknown[]) => {
    const [, , , isWarning] = given;
    note(...given);
    if (isWarning !== true) throw new FirstDefect();
  });
  return () => {
    Reflect.set(composer, "onError", note);
  };
}

/** Collections within one another. Those of people are far below, and deeper ones would exhaust the stack. */
const MOST_DEPTH = 200;
/** What a document costs that is empty, and what a token costs beside its length, by what the library takes for them. */
const DOCUMENT_STEPS = 200;
const TOKEN_STEPS = 8;

function* tokensOf(text: string, lines: LineCounter, steps: Steps): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  const trivia = new Trivia();
  lines.addNewLine(0);
  steps.take(DOCUMENT_STEPS);
  for (const source of new Lexer().lex(text)) {
    const depth = parser.stack.length;
    steps.take(TOKEN_STEPS + source.length + trivia.commentCost(source));
    yield* parser.next(source);
    if (parser.stack.length > MOST_DEPTH) throw new OutOfSteps();
    // Each collection that ends here has looked through all that stands before this token.
    steps.take(Math.max(0, depth - parser.stack.length) * trivia.length);
    trivia.add(source);
  }
  steps.take(parser.stack.length * trivia.length);
  yield* parser.end();
}

/** The blanks, line ends and comments before a token, which the parser looks through more than once. */
class Trivia {
  length = 0;
  #beforeComment = 0;
  #hasComment = false;

  /** For each comment the parser looks at all before the first one. */
  commentCost(source: string): number {
    return source.startsWith("#") ? this.#beforeComment : 0;
  }

  add(source: string): void {
    const type = CST.tokenType(source);
    if (type === "space" || type === "newline" || type === "comment") {
      this.length += 1;
      this.#hasComment ||= type === "comment";
      if (!this.#hasComment) this.#beforeComment += 1;
    } else {
      this.length = 0;
      this.#beforeComment = 0;
      this.#hasComment = false;
    }
  }
}
