import type { Language } from "./languages.ts";

/** A text by where its content begins and ends, and where the code goes on. */
export interface Found {
  readonly inner: number;
  readonly close: number;
  readonly end: number;
}

const PERCENT = /%([qQwWiI]?)([([{<|!/])/y;
const SIGIL = /~[sSwW]("""|'''|[([{<|"'/])/y;
const VERBATIM = /\$?@\$?"/y;
const CLOSES: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "<": ">" };

/** Templates within the expressions of one another. */
const MOST_TEMPLATES = 8;

/** The text that begins at a place, where one does. */
export function textAt(source: string, at: number, language: Language): Found | null {
  const quote = source.charAt(at);
  if (language.marks === "ruby" && quote === "%") return delimited(source, at, PERCENT);
  if (language.marks === "elixir" && quote === "~") return delimited(source, at, SIGIL);
  if (quote === "@" || quote === "$") return verbatim(source, at);
  if (quote === "`" && language.backtick === "none") return null;
  if (quote !== '"' && quote !== "'" && quote !== "`") return null;
  if (language.triple && source.startsWith(quote.repeat(3), at)) {
    const close = source.indexOf(quote.repeat(3), at + 3);
    return close === -1 ? null : { inner: at + 3, close, end: close + 3 };
  }
  if (quote === "`" && language.backtick === "template") return template(source, at);
  return quoted(source, at, { quote, multiline: language.multiline || quote === "`" });
}

function delimited(source: string, at: number, pattern: RegExp): Found | null {
  pattern.lastIndex = at;
  const found = pattern.exec(source);
  const open = found?.at(-1);
  if (open === undefined) return null;
  const inner = pattern.lastIndex;
  const close = CLOSES[open];
  if (close === undefined) {
    const end = source.indexOf(open, inner);
    return end === -1 ? null : { inner, close: end, end: end + open.length };
  }
  let depth = 1;
  for (let index = inner; index < source.length; index += 1) {
    const character = source.charAt(index);
    if (character === "\\") index += 1;
    else if (character === open) depth += 1;
    else if (character === close) depth -= 1;
    if (depth === 0) return { inner, close: index, end: index + 1 };
  }
  return null;
}

/** Of C#, where a quote is written twice. */
function verbatim(source: string, at: number): Found | null {
  VERBATIM.lastIndex = at;
  if (!VERBATIM.test(source)) return null;
  const inner = VERBATIM.lastIndex;
  let close = source.indexOf('"', inner);
  while (close !== -1 && source.charAt(close + 1) === '"') close = source.indexOf('"', close + 2);
  return close === -1 ? null : { inner, close, end: close + 1 };
}

function quoted(
  source: string,
  at: number,
  { quote, multiline }: { readonly quote: string; readonly multiline: boolean },
): Found | null {
  for (let index = at + 1; index < source.length; index += 1) {
    const character = source.charAt(index);
    if (character === "\\") index += 1;
    else if (character === quote) return { inner: at + 1, close: index, end: index + 1 };
    else if (character === "\n" && !multiline) return null;
  }
  return null;
}

/** Up to its own end: a template in an expression within it is another one. */
function template(source: string, at: number, depth = 0): Found | null {
  for (let index = at + 1; index < source.length && depth < MOST_TEMPLATES; index += 1) {
    const character = source.charAt(index);
    if (character === "`") return { inner: at + 1, close: index, end: index + 1 };
    if (character === "\\") index += 1;
    else if (character === "$" && source.charAt(index + 1) === "{") {
      const end = expressionEnd(source, index + 2, depth);
      if (end === null) return null;
      index = end;
    }
  }
  return null;
}

function expressionEnd(source: string, from: number, depth: number): number | null {
  let open = 1;
  for (let index = from; index < source.length; index += 1) {
    const character = source.charAt(index);
    if (character === "{") open += 1;
    else if (character === "}") open -= 1;
    else if (character === '"' || character === "'")
      index = (quoted(source, index, { quote: character, multiline: false })?.end ?? index + 1) - 1;
    else if (character === "`") {
      const inner = template(source, index, depth + 1);
      if (inner === null) return null;
      index = inner.end - 1;
    }
    if (open === 0) return index;
  }
  return null;
}
