import { parsePattern } from "../paths/pattern.ts";
import { type Ambiguity, ambiguitiesFrom, ambiguousPattern, byteOrderMark, loosen } from "./ambiguity.ts";
import { type OwnerRef, showOwner } from "./owner.ts";
import type { CodeownersError, CodeownersRule } from "./rule.ts";

export interface Line {
  /** Without its end. */
  readonly source: string;
  /** 1-based. */
  readonly line: number;
  /** The file's byte order mark stood before it. */
  readonly marked: boolean;
}

export interface LineReading {
  readonly rule?: CodeownersRule;
  readonly errors: readonly CodeownersError[];
  readonly ambiguities: readonly Ambiguity[];
}

/** Reads a token that stands where an owner should; the owner is `null` where it is none. */
export type OwnerReader = (token: string) => OwnerReading;

export interface OwnerReading {
  readonly owner: OwnerRef | null;
  readonly known: boolean;
}

/** A longer line is not read: no path is that long, and nobody could tell who is meant. */
const LONGEST_LINE = 65_536;

const TOO_LONG = `The line is longer than ${LONGEST_LINE} characters; make it shorter.`;

const NOTHING: LineReading = { errors: [], ambiguities: [] };

export function readLine({ source, line, marked }: Line, owners: OwnerReader): LineReading {
  if (/^[ \t]*(?:#|$)/.test(source)) return NOTHING;
  if (source.length > LONGEST_LINE) {
    return { errors: [], ambiguities: ambiguitiesFrom(line, { patterns: ["*"], message: TOO_LONG }) };
  }
  const tokens = tokensOf(source);
  const [first = "", ...rest] = tokens;
  const column = source.indexOf(first) + 1;
  const parsed = parsePattern(first);
  if (!parsed.ok) {
    const { message } = parsed;
    const place = { line, column: column + parsed.column - 1, source };
    const ambiguities = ambiguitiesFrom(line, { patterns: [loosen(first)], message });
    return { errors: [{ kind: "Invalid pattern", ...place, message }], ambiguities };
  }
  const { pattern } = parsed;
  const read = rest.map(owners);
  const errors = read.every(({ known }) => known) ? [] : ownerErrors(tokens, read, { line, source });
  const invalid = errors.find(({ kind }) => kind === "Invalid owner");
  if (invalid !== undefined) return { errors, ambiguities: [{ line, pattern, message: invalid.message }] };
  const unclear = marked ? byteOrderMark(first) : ambiguousPattern(first);
  const ambiguities = unclear === null ? [] : ambiguitiesFrom(line, unclear);
  const named = read.flatMap(({ owner }) => owner ?? []);
  return { rule: { line, column, pattern, owners: named }, errors, ambiguities };
}

/** Cut at blanks that no backslash escapes, up to a comment. */
export function tokensOf(source: string): readonly string[] {
  const tokens = source.match(/(?:[^ \t\\]+|\\[\s\S]?)+/g) ?? [];
  const comment = tokens.findIndex((token) => token.startsWith("#"));
  return comment === -1 ? tokens : tokens.slice(0, comment);
}

/** Where each token begins, 1-based. */
export function columnsOf(tokens: readonly string[], source: string): readonly number[] {
  let end = 0;
  return tokens.map((token) => {
    const at = source.indexOf(token, end);
    end = at + token.length;
    return at + 1;
  });
}

function ownerErrors(
  tokens: readonly string[],
  read: readonly OwnerReading[],
  { line, source }: Pick<Line, "line" | "source">,
): readonly CodeownersError[] {
  const columns = columnsOf(tokens, source).slice(1);
  return read.flatMap(({ owner, known }, index): readonly CodeownersError[] => {
    const column = columns[index];
    if (known || column === undefined) return [];
    const place = { line, column, source };
    if (owner === null) {
      const message = `\`${tokens[index + 1]}\` is no owner; write \`@user\`, \`@org/team\` or an e-mail address.`;
      return [{ kind: "Invalid owner", ...place, message }];
    }
    const message = `\`${showOwner(owner)}\` is unknown, so nobody signs on its behalf.`;
    return [{ kind: "Unknown owner", ...place, message }];
  });
}
