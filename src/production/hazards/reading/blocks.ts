/** A part of a text, from the first character to the one after the last. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** How a block goes on, told by what stands around the line that begins it. */
export function rangesOfBlocks(code: string, starts: readonly number[]): readonly Range[] {
  return starts.map((start) => ({ start, end: endOf(code, start) }));
}

const ENDS_BY_WORD = /^def\b|\bdo\b(?:[ \t]*\|[^|\n]*\|)?$/;
const PYTHON = /^[ \t]*def\b.*:[ \t]*$/;

function endOf(code: string, start: number): number {
  const lineStart = code.lastIndexOf("\n", start - 1) + 1;
  const first = lineAt(code, start);
  const whole = code.slice(lineStart, start) + first;
  if (PYTHON.test(whole)) return endOfIndented(code, lineStart, false);
  if (/^def\b.*:/.test(first)) return start + first.length;
  if (ENDS_BY_WORD.test(whole.trim()))
    return /\bend\b|,\s*do:/.test(first) ? start + first.length : endOfIndented(code, lineStart, true);
  return endOfBraces(code, start);
}

const OPENS =
  /\bdo\b(?:[ \t]*\|[^|\n]*\|)?[ \t]*$|^[ \t]*(?:if|unless|case|while|until|begin|def|for|class|module)\b(?!.*\bend\b)/;

/** The lines that are indented more; in a language with `end`, no further than that. */
function endOfIndented(code: string, lineStart: number, hasEnd: boolean): number {
  const indent = indentOf(lineAt(code, lineStart));
  let open = 0;
  let at = lineStart + lineAt(code, lineStart).length + 1;
  while (at < code.length) {
    const line = lineAt(code, at);
    if (line.trim() !== "") {
      if (indentOf(line) <= indent && !(line.trim() === ")" || line.trim() === '"""')) return at;
      if (hasEnd && /^[ \t]*end\b/.test(line)) open -= 1;
      else if (hasEnd && OPENS.test(line)) open += 1;
      if (open < 0) return at;
    }
    at += line.length + 1;
  }
  return code.length;
}

/** What goes on after a line end although all brackets are closed. */
const GOES_ON = /(?:=>|[=(,{:]|\))[ \t]*$/;
const MORE = /^\s*[.{]/;

/** Up to the end of the line on which all brackets are closed that were opened. */
function endOfBraces(code: string, start: number): number {
  let depth = 0;
  let hasOpened = false;
  for (let at = start; at < code.length; at += 1) {
    const character = code.charAt(at);
    if ("([{".includes(character)) depth += 1;
    if (")]}".includes(character)) depth -= 1;
    hasOpened ||= character === "{";
    if (depth < 0 || (depth === 0 && character === ";")) return at;
    if (depth === 0 && hasOpened && character === "}" && !/^\s*[.)]/.test(code.slice(at + 1, at + 80)))
      return at;
    if (character !== "\n" || depth > 0) continue;
    const before = code.slice(Math.max(start, at - 200), at);
    if (!GOES_ON.test(before) && !MORE.test(code.slice(at, at + 200))) return at;
  }
  return code.length;
}

function lineAt(code: string, at: number): string {
  const end = code.indexOf("\n", at);
  return code.slice(at, end === -1 ? code.length : end);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
