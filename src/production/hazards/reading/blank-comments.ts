/** How a notation writes texts and comments. The first group of a text tells that it ends. */
interface Signs {
  readonly names: RegExp;
  readonly pattern: RegExp;
  /** Whether what does not end stays: a reader of data refuses it then. */
  readonly isData: boolean;
}

const SIGNS: readonly Signs[] = [
  { names: /\.json[5c]?$/i, pattern: /"(?:[^"\\\n]|\\.)*("?)|\/\/[^\n]*|\/\*/g, isData: true },
  // A text between three quotes that nothing is done with is a comment too.
  {
    names: /\.(?:pyi?|ya?ml)$/i,
    pattern: /"""|'''|"(?:[^"\\\n]|\\.)*("?)|'(?:[^'\\\n]|\\.)*('?)|#[^\n]*/g,
    isData: false,
  },
  { names: /\.sql$/i, pattern: /"[^"\n]*("?)|'[^'\n]*('?)|--[^\n]*|\/\*/g, isData: false },
  {
    names: /(?:)/,
    pattern: /"(?:[^"\\\n]|\\.)*("?)|'(?:[^'\\\n]|\\.)*('?)|`(?:[^`\\]|\\[\s\S])*(`?)|\/\/[^\n]*|\/\*/g,
    isData: false,
  },
];
const CLOSES: Readonly<Record<string, string>> = { "/*": "*/", '"""': '"""', "'''": "'''" };

/**
 * A text with blanks in the place of its comments, so that all else stands where it stood. Of code, what begins a text
 * that does not end on its line is left out as well: it may be anything.
 */
export function blankComments(text: string, path: string): string {
  const signs = SIGNS.find(({ names }) => names.test(path));
  if (signs === undefined) return text;
  let plain = "";
  let from = 0;
  for (const found of matchesIn(text, signs.pattern)) {
    if (isText(found, signs)) continue;
    plain += text.slice(from, found.index) + text.slice(found.index, found.end).replaceAll(/[^\n]/g, " ");
    from = found.end;
  }
  return plain + text.slice(from);
}

interface Found {
  readonly sign: string;
  readonly isClosed: boolean;
  readonly index: number;
  readonly end: number;
}

function* matchesIn(text: string, pattern: RegExp): Generator<Found> {
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const [sign, ...ends] = found;
    const close = CLOSES[sign];
    const at = close === undefined ? -1 : text.indexOf(close, pattern.lastIndex);
    const end = close === undefined ? pattern.lastIndex : at === -1 ? text.length : at + close.length;
    yield { sign, isClosed: ends.some((each) => Boolean(each)), index: found.index, end };
    pattern.lastIndex = end;
  }
}

function isText({ sign, isClosed }: Found, { isData }: Signs): boolean {
  return /^["'`]/.test(sign) && CLOSES[sign] === undefined && (isClosed || isData);
}
