/** A text that may make a regular expression slow: something once, then a unit again and again, then an end. */
export interface Repetition {
  readonly prefix: string;
  readonly unit: string;
  readonly end: string;
}

export function textOf({ prefix, unit, end }: Repetition, length: number): string {
  return `${prefix}${unit.repeat(Math.ceil(length / unit.length))}`.slice(0, length) + end;
}

/** No pattern here asks for it, so that what could match up to here must be given up. */
const NOTHING_MATCHES = "\u0001";
const MOST_UNITS = 40;
const MOST_PREFIXES = 5;

/**
 * Texts from what the pattern itself names: each character it asks for, each run of them, and each run after those
 * before it. What makes a pattern slow is that it can read one text in many ways, and it reads only what it names.
 */
export function repetitionsOf({ source, flags }: RegExp): readonly Repetition[] {
  const runs = runsIn(source, flags);
  const words = runs.map((run) => run.map(([first = ""]) => first).join("")).filter((word) => word !== "");
  const characters = [...new Set(runs.flat(2))];
  const joined = words.flatMap((word, index) => [
    word,
    `${word} `,
    ...(index === 0 ? [] : [`${words[index - 1]}${word}`]),
  ]);
  const units = [...new Set([...characters, ...joined, words.join("")])]
    .filter((unit) => unit !== "")
    .slice(0, MOST_UNITS);
  const prefixes = new Set(["", ...words.map((_, index) => words.slice(0, index + 1).join(""))]);
  return [...prefixes]
    .slice(0, MOST_PREFIXES)
    .flatMap((prefix) =>
      units.flatMap((unit) => ["", NOTHING_MATCHES].map((end) => ({ prefix, unit, end }))),
    );
}

/** Whatever stands between brackets, bars and repetitions; of each place the characters that fit there. */
type Run = readonly (readonly string[])[];

const ESCAPE = String.raw`\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\k<[^>]*>|\\.`;
const CLASS = String.raw`\[(?:\\.|[^\]\\])*\]`;
/** Only the flag `v` lets classes stand within one another. */
const nested = (inner: string) => String.raw`\[(?:\\.|${inner}|[^\]\\])*\]`;
const NESTED_CLASS = nested(nested(nested(CLASS)));
const REST = String.raw`\(\?(?::|<?[=!]|<[^>]*>)?|\(|[*+?]\??|\{\d+(?:,\d*)?\}\??|[\s\S]`;
const SEPARATOR = /^(?:\(|\)|\||[*+?]\??|\{\d+(?:,\d*)?\}\??)/;

function runsIn(source: string, flags: string): readonly Run[] {
  const runs: (readonly string[])[][] = [[]];
  const token = [ESCAPE, flags.includes("v") ? NESTED_CLASS : CLASS, REST].join("|");
  for (const [each] of source.matchAll(new RegExp(token, "gu"))) {
    if (SEPARATOR.test(each)) runs.push([]);
    else {
      const fitting = charactersFor(each, flags);
      if (fitting.length > 0) runs.at(-1)?.push(fitting);
    }
  }
  return runs.filter((run) => run.length > 0);
}

const SAMPLES = [..."a 1\n\t-_./:\"'=,;@#$%<>()[]{}\\|&*!?~^+`Aé\r\u2028"];
const MOST_SAMPLES = 4;

function charactersFor(token: string, flags: string): readonly string[] {
  if (/^(?:\^|\$|\\[bB]|\\k<.*|\\[1-9])$/.test(token)) return [];
  if (token.length === 1 && token !== ".") return [token];
  const one = new RegExp(`^(?:${token})$`, flags.replaceAll(/[gym]/g, ""));
  const fitting = [...SAMPLES, ...token].filter((character) => one.test(character));
  return fitting.slice(0, MOST_SAMPLES);
}
