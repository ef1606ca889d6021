import { type Pattern, type PatternDefect, parsePattern } from "../paths/pattern.ts";
import { byteOrderMark, type Doubt, doubtsFrom, loosen, unclearPattern } from "./doubt.ts";
import { type OwnerRef, parseOwner } from "./owner.ts";

/**
 * GitHub does not load a CODEOWNERS file of 3 MB or more (docs.github.com, "About code owners"). Whether that is
 * 3,000,000 or 3,145,728 bytes it does not say; the smaller one fails closed.
 */
export const CODEOWNERS_SIZE_LIMIT = 3_000_000;

export interface Codeowners {
  /** The valid lines, in file order. */
  readonly rules: readonly CodeownersRule[];
  /** What GitHub reports and skips, in file order. */
  readonly errors: readonly CodeownersError[];
  /** What the file may mean beyond its rules, in file order. */
  readonly doubts: readonly Doubt[];
  readonly oversize: boolean;
}

export interface CodeownersRule {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  readonly pattern: Pattern;
  /** Empty where the line takes ownership away. */
  readonly owners: readonly OwnerRef[];
}

export interface CodeownersError {
  /** The first two are GitHub's own words (`GET /repos/{owner}/{repo}/codeowners/errors`). */
  readonly kind: "Invalid pattern" | "Invalid owner" | "File too large";
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  /** The line as written. */
  readonly source: string;
  readonly message: string;
  /** A pattern to write instead. */
  readonly suggestion?: string;
}

/** Never throws: what cannot be read becomes an error and, where it may concern a path, a doubt. */
export function parseCodeowners(text: string): Codeowners {
  if (new TextEncoder().encode(text).length >= CODEOWNERS_SIZE_LIMIT) return OVERSIZE;
  const marked = text.startsWith("\uFEFF");
  const lines = (marked ? text.slice(1) : text).split("\n").map((source, index) => {
    return readLine({ source: source.replace(/\r$/, ""), line: index + 1, marked: marked && index === 0 });
  });
  return {
    rules: lines.flatMap(({ rule }) => rule ?? []),
    errors: lines.flatMap(({ errors }) => errors),
    doubts: lines.flatMap(({ doubts }) => doubts),
    oversize: false,
  };
}

const TOO_LARGE =
  "GitHub loads no CODEOWNERS file of 3 MB or more, so no path has a known owner; make the file smaller.";

const OVERSIZE: Codeowners = {
  rules: [],
  errors: [{ kind: "File too large", line: 1, column: 1, source: "", message: TOO_LARGE }],
  doubts: doubtsFrom(1, { patterns: ["*"], message: TOO_LARGE }),
  oversize: true,
};

interface Line {
  readonly source: string;
  readonly line: number;
  /** The file's byte order mark stood before it. */
  readonly marked: boolean;
}

interface LineReading {
  readonly rule?: CodeownersRule;
  readonly errors: readonly CodeownersError[];
  readonly doubts: readonly Doubt[];
}

function readLine({ source, line, marked }: Line): LineReading {
  const [first, ...rest] = tokensOf(source);
  if (first === undefined) return { errors: [], doubts: [] };
  const parsed = parsePattern(first.text);
  if (!parsed.ok) {
    const error = patternError(parsed, { token: first, source, line });
    const doubts = doubtsFrom(line, { patterns: [loosen(first.text)], message: error.message });
    return { errors: [error], doubts };
  }
  const { pattern } = parsed;
  const errors = rest
    .filter(({ text }) => parseOwner(text) === null)
    .map((token) => ownerError({ token, source, line }));
  const [error] = errors;
  if (error !== undefined) return { errors, doubts: [{ line, pattern, message: error.message }] };
  const unclear = marked ? byteOrderMark(first.text) : unclearPattern(first.text);
  const doubts = unclear === null ? [] : doubtsFrom(line, unclear);
  const owners = rest.flatMap(({ text }) => parseOwner(text) ?? []);
  return { rule: { line, column: first.column, pattern, owners }, errors, doubts };
}

interface Token {
  readonly text: string;
  /** 1-based. */
  readonly column: number;
}

/** Cut at blanks that no backslash escapes, up to a comment. */
function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    if (isBlank(source[at])) {
      at += 1;
      continue;
    }
    if (source[at] === "#") break;
    const start = at;
    while (at < source.length && !isBlank(source[at])) at += source[at] === "\\" ? 2 : 1;
    tokens.push({ text: source.slice(start, at), column: start + 1 });
  }
  return tokens;
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}

interface Place {
  readonly token: Token;
  readonly source: string;
  readonly line: number;
}

function patternError(defect: PatternDefect, { token, source, line }: Place): CodeownersError {
  const { message, suggestion } = defect;
  const column = token.column + defect.column - 1;
  const error = { kind: "Invalid pattern", line, column, source, message } as const;
  return suggestion === undefined ? error : { ...error, suggestion };
}

function ownerError({ token, source, line }: Place): CodeownersError {
  const message = `\`${token.text}\` is no owner; write \`@user\`, \`@org/team\` or an e-mail address.`;
  return { kind: "Invalid owner", line, column: token.column, source, message };
}
