import type { ChangedLine } from "../../reading/lines.ts";
import { TOKENS } from "./tokens.ts";

/** What is there to be shown and opens nothing. */
export const PLACEHOLDER =
  /EXAMPLE|example|xxxx|XXXX|\.\.\.|changeme|placeholder|dummy|fake|<[\w -]+>|your[-_]|test[-_]?key|0{8}|1234567890|abcdef|\bredacted\b|\*{4}/;

interface Form {
  readonly pattern: RegExp;
  /** The same over many lines: it finds what the pattern finds in any of them, and may find more. */
  readonly anywhere: RegExp;
  readonly what: string;
}

const FORMS = TOKENS.map(
  ([{ source, flags }, what]): Form => ({
    pattern: new RegExp(source, `${flags}g`),
    anywhere: new RegExp(source, `${flags}m`),
    what,
  }),
);

export interface FoundToken {
  readonly what: string;
  readonly line: number;
}

/** The kind of the first token of each line that holds one. Most lines hold none, which one look at many shows. */
export function* tokensIn(lines: readonly ChangedLine[]): Generator<FoundToken> {
  for (const block of blocksOf(lines)) {
    const forms = formsIn(block);
    if (forms.length === 0) continue;
    for (const { text, line } of block) {
      const what = piecesOf(text)
        .map((piece) => tokenIn(piece, forms))
        .find((each) => each !== undefined);
      if (what !== undefined) yield { what, line };
    }
  }
}

/** No token is longer than what two pieces have in common. */
const PIECE = 20_000;
const COMMON = 600;

/** Lines that are no longer together than a piece, or one line. */
function* blocksOf(lines: readonly ChangedLine[]): Generator<readonly ChangedLine[]> {
  let block: ChangedLine[] = [];
  let size = 0;
  for (const line of lines) {
    if (size + line.text.length > PIECE && block.length > 0) {
      yield block;
      [block, size] = [[], 0];
    }
    block.push(line);
    size += line.text.length;
  }
  if (block.length > 0) yield block;
}

/** The forms that any of the lines may have; all of them where the lines are too long to be looked at together. */
function formsIn(block: readonly ChangedLine[]): readonly Form[] {
  const text = block.map((line) => line.text).join("\n");
  return text.length > 2 * PIECE ? FORMS : FORMS.filter(({ anywhere }) => anywhere.test(text));
}

/** A run of characters as long as the shortest token. */
const LONG_RUN = /[\w+/.-]{20,}|"service_account"/;

/** Too few different characters for anything drawn at random. */
function isMadeUp(token: string): boolean {
  const rest = token.replace(/^[A-Za-z0-9]{1,10}[-_.]/, "");
  const body = rest.length < 12 ? token : rest;
  return (
    new Set(body.toLowerCase()).size < 6 ||
    /here|your|sample|secret_?key|notreal|lorem|placeholder/i.test(body)
  );
}

function piecesOf(line: string): readonly string[] {
  if (line.length <= PIECE) return [line];
  const step = PIECE - COMMON;
  return Array.from({ length: Math.ceil(line.length / step) }, (_, at) =>
    line.slice(at * step, at * step + PIECE),
  );
}

/** The kind of the first token that is no placeholder, which excuses none that stands beside it. */
function tokenIn(text: string, forms: readonly Form[]): string | undefined {
  if (!LONG_RUN.test(text)) return undefined;
  return forms.find(({ pattern }) =>
    text.match(pattern)?.some((token) => !PLACEHOLDER.test(token) && !isMadeUp(token)),
  )?.what;
}
