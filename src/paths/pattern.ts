/**
 * The path pattern language of CODEOWNERS: gitignore's, without `!`, brackets, `\#` and `***`, where a last `/*`
 * reaches one level only. Source: docs.github.com, "About code owners" (2026-11).
 */
export interface Pattern {
  /** As written. */
  readonly source: string;
  /** Read from the root of the repository; no two `any-depth` in a row, none at the end. */
  readonly segments: readonly Segment[];
  readonly tail: Tail;
}

/**
 * What may follow the last segment. `subtree`: nothing, or anything below it · `below`: at least one more segment ·
 * `exact`: nothing.
 */
type Tail = "subtree" | "below" | "exact";

export type Segment =
  /** Zero or more whole segments. */
  | { readonly kind: "any-depth" }
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "glob"; readonly text: string; readonly tokens: readonly GlobToken[] };

/** A UTF-16 code unit, or one of the two wildcards. */
export type GlobToken = number;
/** `?`: one character. */
export const ANY_CHARACTER = -1;
/** `*`: any number of characters, none included. */
export const ANY_RUN = -2;

export type PatternResult =
  | { readonly ok: true; readonly pattern: Pattern }
  | ({ readonly ok: false } & PatternDefect);

export interface PatternDefect {
  /** 1-based, within the pattern. */
  readonly column: number;
  readonly message: string;
  /** A pattern to write instead. */
  readonly suggestion?: string;
}

export function parsePattern(source: string): PatternResult {
  const defect = beginningDefect(source) ?? firstDefect(source);
  if (defect !== undefined) return { ok: false, ...defect };
  const texts = source.split("/");
  const rooted = texts[0] === "";
  const directory = texts.at(-1) === "";
  const segments = texts.slice(rooted ? 1 : 0, directory ? -1 : undefined).map(readSegment);
  const anchored = rooted || segments.length > 1;
  return {
    ok: true,
    pattern: { source, ...normalise(anchored ? segments : [ANY_DEPTH, ...segments], directory) },
  };
}

function beginningDefect(source: string): PatternDefect | undefined {
  if (source === "") return { column: 1, message: "The pattern is empty." };
  if (source === "/") return { column: 1, message: "The pattern `/` matches nothing.", suggestion: "*" };
  if (source.startsWith("!")) return { column: 1, message: "A pattern cannot be negated with `!`." };
  const hash = /^\\?#/.exec(source);
  if (hash === null) return undefined;
  return {
    column: 1,
    message: "A pattern cannot begin with `#`, escaped or not.",
    suggestion: `?${source.slice(hash[0].length)}`,
  };
}

const ANY_DEPTH: Segment = { kind: "any-depth" };
const ANY_SEGMENT: Segment = { kind: "glob", text: "*", tokens: [ANY_RUN] };

/** What every defect but those at the beginning shows, and some valid patterns. */
const SUSPECT = /[\\[\]]|\*{3}/;

function firstDefect(source: string): PatternDefect | undefined {
  if (!SUSPECT.test(source)) return undefined;
  for (const { 0: found, index } of source.matchAll(/\\[\s\S]|[[\]]|\*{3}|\\/g)) {
    const column = index + 1;
    if (found === "***") {
      const suggestion = source.replace(/\*{3,}/g, "**");
      return { column, message: "A pattern cannot hold three `*` in a row.", suggestion };
    }
    if (found === "\\") {
      const suggestion = source.slice(0, -1);
      const message = "A pattern cannot end with a lone `\\`.";
      return suggestion === "" ? { column, message } : { column, message, suggestion };
    }
    if (found === "[" || found === "]") {
      const suggestion = source.replace(/\\[\s\S]|[[\]]/g, (each) => (each.length > 1 ? each : `\\${each}`));
      return { column, message: "`[` and `]` must each be escaped with a `\\`.", suggestion };
    }
  }
  return undefined;
}

function readSegment(text: string): Segment {
  if (text === "**") return ANY_DEPTH;
  if (!/[*?\\]/.test(text)) return { kind: "literal", text };
  const tokens = readTokens(text);
  if (tokens.some((token) => token < 0)) return { kind: "glob", text, tokens };
  return { kind: "literal", text: tokens.map((token) => String.fromCharCode(token)).join("") };
}

/** A backslash at the very end escapes the slash, which stays a slash. */
function readTokens(text: string): readonly GlobToken[] {
  const tokens: GlobToken[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const escaped = text[at] === "\\";
    if (escaped) at += 1;
    if (at === text.length) break;
    const character = text[at];
    if (character === "*" && !escaped) tokens.push(ANY_RUN);
    else if (character === "?" && !escaped) tokens.push(ANY_CHARACTER);
    else tokens.push(text.charCodeAt(at));
  }
  return tokens;
}

/** `segments` from the root; `directory`: a slash at the end. */
function normalise(segments: readonly Segment[], directory: boolean): Pick<Pattern, "segments" | "tail"> {
  const collapsed = segments.filter(
    (each, index) => each.kind !== "any-depth" || segments[index - 1]?.kind !== "any-depth",
  );
  const last = collapsed.at(-1);
  const head = collapsed.slice(0, -1);
  // `X/**/` names directories below X, so its files lie two levels down, as in git.
  if (last?.kind === "any-depth")
    return { segments: directory ? [...head, ANY_SEGMENT] : head, tail: "below" };
  if (last === undefined || !isLoneStar(last)) {
    return { segments: collapsed, tail: directory ? "below" : "subtree" };
  }
  // What is any number of segments and one more is one or more.
  if (head.at(-1)?.kind === "any-depth") {
    return { segments: [...head.slice(0, -1), ...(directory ? [last] : [])], tail: "below" };
  }
  return { segments: collapsed, tail: directory ? "below" : "exact" };
}

function isLoneStar(segment: Segment): boolean {
  return segment.kind === "glob" && segment.tokens.length === 1 && segment.tokens[0] === ANY_RUN;
}
