/** How many ways a pattern may try one place of a line; the second holds when it may start at every place. */
const MOST_WAYS_ANCHORED = 20_000;
const MOST_WAYS_ANYWHERE = 500;

const LONGEST_REPETITION = 256;

const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/^\(\?(?!:)/, "look-around, named groups and modifiers are not allowed"],
  [/^\\[1-9k]/, "back-references are not allowed"],
  [/^(?:[*+]|\{\d+,\})/, "an unbounded repetition is not allowed: write {0,50} for *, {1,50} for +"],
];

const TOKEN = /^(?:\\.|\[(?:\\.|[^\]\\])+\]|\{\d+(?:,\d+)?\}|\(\?:|[\s\S])/;

/**
 * Why a pattern could make matching slow or is no pattern at all, as a clause for people; `null` when it is safe.
 * Conservative: repetitions must be bounded and stand on single characters, and the choices of the whole pattern,
 * multiplied, must stay small, which bounds the work on any line.
 */
export function patternProblem(source: string): string | null {
  if (!isRegularExpression(source)) return "it is not a valid regular expression";
  let ways = 1;
  let previous = "";
  for (let rest = source; rest !== ""; ) {
    const refused = REFUSED.find(([pattern]) => pattern.test(rest));
    if (refused !== undefined) return refused[1];
    const token = TOKEN.exec(rest)?.[0] ?? rest;
    if (token.startsWith("{") && token.length > 1 && previous === ")") {
      return "a repeated group is not allowed: only ? may follow a group";
    }
    const range = repetition(token);
    if (range.most > LONGEST_REPETITION)
      return `a repetition of more than ${LONGEST_REPETITION} is not allowed`;
    ways *= token === "?" || token === "|" ? 2 : range.most - range.least + 1;
    previous = token;
    rest = rest.slice(token.length);
  }
  const most = source.startsWith("^") && !hasTopLevelChoice(source) ? MOST_WAYS_ANCHORED : MOST_WAYS_ANYWHERE;
  return ways > most ? "it has too many optional and repeated parts" : null;
}

function repetition(token: string): { readonly least: number; readonly most: number } {
  const range = /^\{(\d+)(?:,(\d+))?\}$/.exec(token);
  if (range === null) return { least: 1, most: 1 };
  return { least: Number(range[1]), most: Number(range[2] ?? range[1]) };
}

/** Whether the whole pattern is a choice, so that no part of it is sure to be in what it matches. */
export function hasTopLevelChoice(source: string): boolean {
  const bare = source.replaceAll(/\\.|\[(?:\\.|[^\]\\])+\]/g, "");
  let depth = 0;
  for (const character of bare) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "|" && depth === 0) return true;
  }
  return false;
}

function isRegularExpression(source: string): boolean {
  try {
    new RegExp(source, "i");
    return true;
  } catch {
    return false;
  }
}

/** As every pattern of the catalogue and the config is matched. */
export function compile(source: string): RegExp {
  return new RegExp(source, "i");
}
