import { anywhereOf } from "../../anywhere.ts";
import type { FileChange } from "../../reading/change.ts";
import { hasLongRun } from "./long-run.ts";
import { TOKENS } from "./tokens.ts";

/** What is there to be shown and opens nothing. */
export const PLACEHOLDER =
  /EXAMPLE|example|xxxx|XXXX|\.\.\.|changeme|replace[-_]?me|placeholder|dummy|fake|<[\w -]+>|your[-_]|test[-_]?key|0{8}|1234567890|abcdef|\bredacted\b|\*{4}/;

interface Form {
  readonly pattern: RegExp;
  readonly anywhere: RegExp | null;
  readonly what: string;
}

const FORMS = TOKENS.map(
  ([pattern, what]): Form => ({
    pattern: new RegExp(pattern.source, `${pattern.flags}g`),
    anywhere: anywhereOf(pattern),
    what,
  }),
);

type LinesOfFile = Pick<FileChange, "path" | "lines">;

interface Place {
  readonly path: string;
  readonly line: number;
}

/** A line that stands in many files is looked at once. */
interface SameLine {
  readonly text: string;
  readonly places: readonly Place[];
}

export interface FoundToken extends Place {
  readonly what: string;
}

/** The kind of the first token of each line that came and holds one. Most hold none, which one look at many shows. */
export function* tokensIn(files: readonly LinesOfFile[]): Generator<FoundToken> {
  for (const block of blocksOf(files)) {
    const forms = formsIn(block);
    if (forms.length === 0) continue;
    for (const { text, places } of block) {
      const what = piecesOf(text)
        .map((piece) => tokenIn(piece, forms))
        .find((each) => each !== undefined);
      if (what !== undefined) for (const place of places) yield { what, ...place };
    }
  }
}

/** No token is longer than what two pieces have in common. */
const PIECE = 20_000;
const COMMON = 600;

/** Lines of whatever files that are no longer together than a piece, or one line. Without a long run, none is asked. */
function* blocksOf(files: readonly LinesOfFile[]): Generator<readonly SameLine[]> {
  let block: SameLine[] = [];
  let size = 0;
  for (const [text, places] of sameLines(files)) {
    if (size + text.length > PIECE && block.length > 0) {
      yield block;
      [block, size] = [[], 0];
    }
    block.push({ text, places });
    size += text.length;
  }
  if (block.length > 0) yield block;
}

function sameLines(files: readonly LinesOfFile[]): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>();
  for (const { path, lines } of files)
    for (const { text, line } of lines.after) {
      const known = places.get(text);
      if (known !== undefined) known.push({ path, line });
      else if (mayHoldToken(text)) places.set(text, [{ path, line }]);
    }
  return places;
}

/** The forms that any of the lines may have; all of them where the lines are too long to be looked at together. */
function formsIn(block: readonly SameLine[]): readonly Form[] {
  const text = block.map((line) => line.text).join("\n");
  return text.length > 2 * PIECE ? FORMS : FORMS.filter(({ anywhere }) => anywhere?.test(text) !== false);
}

const SHORTEST = 20;

/** Whether it has a run of characters as long as the shortest token. */
function mayHoldToken(text: string): boolean {
  return hasLongRun(text, SHORTEST) || text.includes('"service_account"');
}

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
  if (!mayHoldToken(text)) return undefined;
  return forms.find(({ pattern }) =>
    text.match(pattern)?.some((token) => !PLACEHOLDER.test(token) && !isMadeUp(token)),
  )?.what;
}
