import { disguisedLetterIn, lookalikeIn, readingsOfLetters, readingsOfLookalikes } from "./lookalike.ts";

/** A way in which a pattern that GitHub takes may mean something else to GitHub, or to whoever wrote it. */
interface Unclear {
  /** What is wrong and what to do; `null` where the pattern is clear in this way. */
  readonly message: (pattern: string) => string | null;
  /** What it may have been meant for. */
  readonly meant: (pattern: string) => readonly string[];
}

export interface Reading {
  readonly patterns: readonly string[];
  readonly message: string;
}

/** Other ways to read a pattern, with the first reason, or `null` where there is only one. */
export function otherReadings(pattern: string): Reading | null {
  if (!SUSPECT.test(pattern)) return null;
  if (pattern.length > LONGEST_PATH) return { patterns: ["*"], message: TOO_LONG };
  let message: string | null = null;
  let patterns: readonly string[] = [pattern];
  for (const unclear of UNCLEAR) {
    message ??= unclear.message(pattern);
    patterns = patterns.flatMap((each) => (unclear.message(each) === null ? [each] : unclear.meant(each)));
  }
  return message === null ? null : { message, patterns: [...new Set(patterns)].slice(0, MOST_READINGS) };
}

/** What every unclear pattern shows, and some patterns without any. */
const SUSPECT = /[^\w.*?/@+~-]|\/\/|(?:^|\/)\.{1,2}(?:\/|$)|(?:^|\/)\*\*\/$/;

/** No file has a longer one. */
const LONGEST_PATH = 4_096;

const TOO_LONG = `The path is longer than ${LONGEST_PATH} characters; write a shorter one, or several lines.`;

/** The ways to be unclear multiply; what has more readings is left to the first of them. */
const MOST_READINGS = 64;

/** `{a,b}` and `{1..3}` in a shell, `(a|b)` in a regular expression; no pattern has them. */
const GROUP = /\{[^{}]*\}|\([^()]*\)/g;

export interface Alternatives {
  /** With its brackets. */
  readonly whole: string;
  readonly parts: readonly string[];
}

/** The first group of alternatives in a pattern, an inner one before the one around it. */
export function alternativesIn(pattern: string): Alternatives | null {
  for (const [whole] of pattern.matchAll(GROUP)) {
    const inside = whole.slice(1, -1);
    const parts = inside.split(whole.startsWith("{") ? "," : "|");
    if (parts.length > 1) return { whole, parts: parts.map((part) => part.trim()) };
    // A range may be anything.
    if (whole.startsWith("{") && inside.includes("..")) return { whole, parts: ["*"] };
  }
  return null;
}

/** A brace with more of them, or one within another, stands for everything from there on. */
const MOST_ALTERNATIVES = 16;

const QUOTES = "\"'`\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb";
export const QUOTED = new RegExp(`^[${QUOTES}]|[${QUOTES}]$`, "g");

/** Behind a folder, as in `/a/\ @b`, or a name, as in `/a\ @b`. */
const OWNER_INSIDE = /\\[ \t]+@[\s\S]*$/;

const LISTED = /[,;:]$|[,;](?=[/*])/;

const FOLDER_BY_BACKSLASH = /\\(?=[\p{L}\p{N}_])/gu;

const BRACES = "GitHub takes braces and bars as they stand, not as alternatives; write a line for each.";

/** In the order in which they are undone. */
const UNCLEAR: readonly Unclear[] = [
  {
    message: (pattern) => {
      const found = lookalikeIn(pattern);
      return found === null ? null : lookalikeMessage(found);
    },
    meant: readingsOfLookalikes,
  },
  {
    message: (pattern) => {
      const found = disguisedLetterIn(pattern);
      return found === null
        ? null
        : `${found} in the path looks like another letter, and GitHub takes it as it is; type the path again, or write \`*\` in place of the letter.`;
    },
    meant: readingsOfLetters,
  },
  {
    message: given(
      OWNER_INSIDE,
      "A `\\` before a blank makes the owner a part of the path; leave the `\\` out.",
    ),
    meant: (pattern) => [pattern.replace(OWNER_INSIDE, ""), pattern.replace(OWNER_INSIDE, "/")],
  },
  {
    message: given(QUOTED, "GitHub takes quotes as a part of the path; leave them out."),
    meant: (pattern) => [pattern.replace(QUOTED, "")],
  },
  {
    message: (pattern) => (alternativesIn(pattern) === null ? null : BRACES),
    meant: alternatives,
  },
  {
    message: given(
      LISTED,
      "GitHub takes the comma or colon as a part of the path; leave it out, and write a line for each path.",
    ),
    meant: (pattern) => pattern.split(LISTED).filter((part) => part !== ""),
  },
  {
    message: given(
      FOLDER_BY_BACKSLASH,
      "A `\\` does not part folders; write `/` in its place, or leave it out.",
    ),
    meant: (pattern) => [pattern.replace(FOLDER_BY_BACKSLASH, "/")],
  },
  {
    message: given(
      /(?:^|\/)\.{1,2}(?:\/|$)|\/\//,
      "Paths begin at the root, and have no part that is empty, `.` or `..`; leave it out.",
    ),
    meant: (pattern) => [`/${pattern.replace(/(?<=^|\/)(?:\.{0,2}\/)+|(?<=\/)\.{1,2}$/g, "")}`],
  },
  {
    message: given(
      "#",
      "GitHub may read `#` here as a comment; write `?` in its place, or a blank before it.",
    ),
    meant: (pattern) => [pattern],
  },
  {
    message: given(
      /(?:^|\/)\*\*\/$/,
      "GitHub does not say whether a last `**/` takes files directly there; leave the `**/` out.",
    ),
    meant: (pattern) => [`${pattern.slice(0, -"**/".length)}*`],
  },
];

function given(mark: RegExp | string, message: string): Unclear["message"] {
  return (pattern) => (pattern.search(mark) === -1 ? null : message);
}

function alternatives(pattern: string): readonly string[] {
  let open: readonly string[] = [pattern];
  let done: readonly string[] = [];
  for (let round = 0; round < MOST_ALTERNATIVES && open.length > 0; round += 1) {
    const next = open.flatMap(once);
    done = [...done, ...next.filter((each) => alternativesIn(each) === null)];
    open = next.filter((each) => alternativesIn(each) !== null);
    if (open.length + done.length > MOST_ALTERNATIVES) break;
  }
  if (open.length === 0) return done;
  return [`${pattern.slice(0, pattern.search(/[{(]/))}**`];
}

function once(pattern: string): readonly string[] {
  const found = alternativesIn(pattern);
  return found === null ? [pattern] : found.parts.map((part) => pattern.replace(found.whole, () => part));
}

export function lookalikeMessage(character: string): string {
  return `The character ${character} looks like a blank or like nothing, and GitHub may read it in either way; write a blank in its place, \`?\` within a path, or leave it out.`;
}
