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
  | { readonly kind: "glob"; readonly tokens: readonly GlobToken[] };

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
  const scanned = beginningDefect(source) ?? scan(source);
  return "message" in scanned
    ? { ok: false, ...scanned }
    : { ok: true, pattern: { source, ...normalise(scanned) } };
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

/** A pattern cut at its slashes, before `**`, anchoring and the tail are worked out. */
interface Scanned {
  readonly segments: readonly Segment[];
  /** A slash at the beginning or in the middle ties the pattern to the root. */
  readonly anchored: boolean;
  /** A slash at the end. */
  readonly directory: boolean;
}

const ANY_DEPTH: Segment = { kind: "any-depth" };
const ANY_SEGMENT: Segment = { kind: "glob", tokens: [ANY_RUN] };

function scan(source: string): Scanned | PatternDefect {
  const segments: Segment[] = [];
  let tokens: GlobToken[] = [];
  let start = 0;
  let at = 0;
  const close = () => {
    segments.push(source.slice(start, at) === "**" ? ANY_DEPTH : segment(tokens));
    tokens = [];
    start = at + 1;
  };
  while (at < source.length) {
    const defect = defectAt(source, at);
    if (defect !== undefined) return defect;
    const escaped = source[at] === "\\";
    if (escaped) at += 1;
    const character = source[at];
    if (character === "/") close();
    else if (character === "*" && !escaped) tokens.push(ANY_RUN);
    else if (character === "?" && !escaped) tokens.push(ANY_CHARACTER);
    else tokens.push(source.charCodeAt(at));
    at += 1;
  }
  const directory = start === source.length;
  if (!directory) close();
  const rooted = source.startsWith("/");
  if (rooted) segments.shift();
  return { segments, directory, anchored: rooted || segments.length > 1 };
}

function defectAt(source: string, at: number): PatternDefect | undefined {
  const column = at + 1;
  const character = source[at];
  if (character === "[" || character === "]") {
    const suggestion = source.replace(/\\[\s\S]|[[\]]/g, (found) =>
      found.length > 1 ? found : `\\${found}`,
    );
    return { column, message: "`[` and `]` must each be escaped with a `\\`.", suggestion };
  }
  if (character === "\\" && column === source.length) {
    return { column, message: "A pattern cannot end with a lone `\\`." };
  }
  if (character === "*" && source.startsWith("***", at)) {
    return {
      column,
      message: "A pattern cannot hold three `*` in a row.",
      suggestion: source.replace(/\*{3,}/g, "**"),
    };
  }
  return undefined;
}

function segment(tokens: readonly GlobToken[]): Segment {
  if (tokens.some((token) => token < 0)) return { kind: "glob", tokens };
  return { kind: "literal", text: tokens.map((token) => String.fromCharCode(token)).join("") };
}

function normalise({ segments, anchored, directory }: Scanned): Pick<Pattern, "segments" | "tail"> {
  const [only] = segments;
  if (!anchored && only !== undefined) {
    const floating = only.kind === "any-depth" ? ANY_SEGMENT : only;
    return { segments: [ANY_DEPTH, floating], tail: directory ? "below" : "subtree" };
  }
  const collapsed = segments.filter(
    (each, index) => each.kind !== "any-depth" || segments[index - 1]?.kind !== "any-depth",
  );
  const last = collapsed.at(-1);
  if (last?.kind === "any-depth") {
    const head = collapsed.slice(0, -1);
    // `X/**/` names directories below X, so its files lie two levels down, as in git.
    return { segments: directory ? [...head, ANY_SEGMENT] : head, tail: "below" };
  }
  if (directory) return { segments: collapsed, tail: "below" };
  return { segments: collapsed, tail: last !== undefined && isLoneStar(last) ? "exact" : "subtree" };
}

function isLoneStar(segment: Segment): boolean {
  return segment.kind === "glob" && segment.tokens.length === 1 && segment.tokens[0] === ANY_RUN;
}
