import { finish, type Slices } from "../paths/slices.ts";
import { type Ambiguity, ambiguitiesFrom } from "./ambiguity.ts";
import { type OwnerReader, type OwnerReading, readLine } from "./line.ts";
import { type OwnerRef, parseOwner } from "./owner.ts";
import type { CodeownersError, CodeownersRule } from "./rule.ts";

/**
 * GitHub does not load a CODEOWNERS file of 3 MB or more (docs.github.com, "About code owners"). Whether that is
 * 3,000,000 or 3,145,728 bytes it does not say; the smaller one fails closed.
 */
export const CODEOWNERS_SIZE_LIMIT = 3_000_000;

export interface Codeowners {
  /** The valid lines, in file order. */
  readonly rules: readonly CodeownersRule[];
  /** What GitHub reports, in file order; it skips the lines, but for those of unknown owners. */
  readonly errors: readonly CodeownersError[];
  /** What the file may mean beyond its rules, in file order. */
  readonly ambiguities: readonly Ambiguity[];
  readonly oversize: boolean;
}

export interface ParseOptions {
  /** Whether an owner exists and may own. Without it every well-written owner is taken for known. */
  readonly isKnown?: (owner: OwnerRef) => boolean;
}

/** Never throws: what cannot be read becomes an error and, where it may concern a path, an ambiguity. */
export function parseCodeowners(text: string, options: ParseOptions = {}): Codeowners {
  return finish(parseInSlices(text, options));
}

/** {@link parseCodeowners} for who must not be held up by a large file. */
export function* parseInSlices(text: string, { isKnown }: ParseOptions = {}): Slices<Codeowners> {
  if (isTooLarge(text)) return OVERSIZE;
  const marked = text.startsWith("\uFEFF");
  const owners = ownerReader(isKnown);
  const [rules, errors, ambiguities]: [CodeownersRule[], CodeownersError[], Ambiguity[]] = [[], [], []];
  let sliceEnd = SLICE;
  let start = marked ? 1 : 0;
  for (let line = 1; start <= text.length; line += 1) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    const source = text.slice(start, text[end - 1] === "\r" && end > start ? end - 1 : end);
    const reading = readLine({ source, line, marked: marked && line === 1 }, owners);
    if (reading.rule !== undefined) rules.push(reading.rule);
    for (const error of reading.errors) errors.push(error);
    for (const ambiguity of reading.ambiguities) ambiguities.push(ambiguity);
    if (errors.length > MOST_ERRORS) return { ...HOPELESS, errors };
    start = end + 1;
    if (start >= sliceEnd) {
      sliceEnd = start + SLICE;
      yield;
    }
  }
  return { rules, errors, ambiguities, oversize: false };
}

/** Characters. */
const SLICE = 8_192;

/** What has more is no CODEOWNERS file, and is not read to its end. */
const MOST_ERRORS = 10_000;

const HOPELESS: Omit<Codeowners, "errors"> = {
  rules: [],
  ambiguities: ambiguitiesFrom(1, {
    patterns: ["*"],
    message: `CODEOWNERS has more than ${MOST_ERRORS} errors; fix them.`,
  }),
  oversize: false,
};

/** A UTF-16 code unit takes one to three bytes. */
function isTooLarge(text: string): boolean {
  if (text.length >= CODEOWNERS_SIZE_LIMIT) return true;
  if (text.length * 3 < CODEOWNERS_SIZE_LIMIT) return false;
  return new TextEncoder().encode(text).length >= CODEOWNERS_SIZE_LIMIT;
}

/** Owners come again and again, so each is read once. */
function ownerReader(isKnown: (owner: OwnerRef) => boolean = () => true): OwnerReader {
  const read = new Map<string, OwnerReading>();
  return (token) => {
    const before = read.get(token);
    if (before !== undefined) return before;
    const owner = parseOwner(token);
    const now = { owner, known: owner !== null && isKnown(owner) };
    read.set(token, now);
    return now;
  };
}

const TOO_LARGE = "GitHub loads no CODEOWNERS file of 3 MB or more, so no path has a known owner";

const OVERSIZE: Codeowners = {
  rules: [],
  errors: [
    {
      kind: "File too large",
      line: 1,
      column: 1,
      source: "",
      message: `${TOO_LARGE}; make the file smaller.`,
    },
  ],
  ambiguities: ambiguitiesFrom(1, { patterns: ["*"], message: `${TOO_LARGE}; make the file smaller.` }),
  oversize: true,
};
