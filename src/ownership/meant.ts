import { parseOwner } from "./owner.ts";
import { otherReadings } from "./readings.ts";
import { columnsOf, joinedPath } from "./tokens.ts";

/** In more words nobody can tell what was meant. */
const MOST_WORDS = 32;

const EVERYTHING = ["*"];

/**
 * The patterns that a line may have been meant for which GitHub skips: its first word alone, or together with words
 * that are no owners, because a blank in the path was not escaped; and other paths that stand among the owners.
 */
export function meantPatterns(
  tokens: readonly string[],
  read: readonly { readonly owner: unknown }[],
  source: string,
): readonly string[] {
  const [first = ""] = tokens;
  const strangers = tokens.slice(1).filter((_, index) => read[index]?.owner === null);
  if (strangers.length > MOST_WORDS || strangers.some((each) => WRITTEN_OUT.test(each))) return EVERYTHING;
  const columns = columnsOf(tokens, source);
  const joined = (last: number) => {
    const end = (columns[last] ?? 1) - 1 + (tokens[last] ?? "").length;
    return joinedPath(source.slice((columns[0] ?? 1) - 1, end));
  };
  const run = read.findIndex(({ owner }) => owner !== null);
  const through = [run === -1 ? read.length : run, read.findLastIndex(({ owner }) => owner === null) + 1];
  const swapped = parseOwner(first) !== null;
  const paths = strangers.filter((each) => swapped || (/^[/*]/.test(each) && !COMMENT_MARK.test(each)));
  return [first, ...through.map(joined), ...paths].flatMap((each) => [
    each,
    ...(otherReadings(each)?.patterns ?? []),
  ]);
}

/** Of other languages. */
const COMMENT_MARK = /^(?:\/\/+|\/\*+|\*+\/)$/;

/** The end of a line as two characters, which makes one line of two. */
const WRITTEN_OUT = /\\n(?=[/*#@.]|$)/;
