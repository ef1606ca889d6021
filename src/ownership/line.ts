import { type PatternDefect, parsePattern } from "../paths/pattern.ts";
import { type Ambiguity, ambiguitiesFrom } from "./ambiguity.ts";
import { meantPatterns } from "./meant.ts";
import { type OwnerRef, showOwner } from "./owner.ts";
import { otherReadings } from "./readings.ts";
import type { CodeownersError, CodeownersRule } from "./rule.ts";
import { columnsOf, tokensOf } from "./tokens.ts";
import { unreadableLine } from "./unreadable.ts";

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

const MARKED = "GitHub may read the byte order mark as part of this line; save the file without it.";

const NOTHING: LineReading = { errors: [], ambiguities: [] };

export function readLine({ source, line, marked }: Line, owners: OwnerReader): LineReading {
  const unreadable = unreadableLine(source);
  if (unreadable !== null) return { errors: [], ambiguities: ambiguitiesFrom(line, unreadable) };
  const tokens = tokensOf(source);
  const [first, ...rest] = tokens;
  if (first === undefined) return NOTHING;
  const column = source.indexOf(first) + 1;
  const parsed = parsePattern(first);
  const read = rest.map(owners);
  const errors = parsed.ok
    ? ownerErrors(tokens, read, { line, source })
    : [patternError(parsed, { line, column, source })];
  const invalid = errors.find(({ kind }) => kind !== "Unknown owner");
  if (!parsed.ok || invalid !== undefined) {
    const patterns = meantPatterns(tokens, read, source);
    return { errors, ambiguities: ambiguitiesFrom(line, { patterns, message: invalid?.message ?? "" }) };
  }
  const other = otherReadings(first);
  const unclear = marked ? { patterns: [first, ...(other?.patterns ?? [])], message: MARKED } : other;
  const ambiguities = unclear === null ? [] : ambiguitiesFrom(line, unclear);
  const named = read.flatMap(({ owner }) => owner ?? []);
  return { rule: { line, column, pattern: parsed.pattern, owners: named }, errors, ambiguities };
}

function patternError(
  { column, message }: PatternDefect,
  place: Omit<CodeownersError, "kind" | "message">,
): CodeownersError {
  return { kind: "Invalid pattern", ...place, column: place.column + column - 1, message };
}

function ownerErrors(
  tokens: readonly string[],
  read: readonly OwnerReading[],
  { line, source }: Pick<Line, "line" | "source">,
): readonly CodeownersError[] {
  if (read.every(({ known }) => known)) return [];
  const columns = columnsOf(tokens, source).slice(1);
  const [organization = "org"] = read.flatMap(({ owner }) => (owner?.kind === "team" ? [owner.org] : []));
  return read.flatMap(({ owner, known }, index): readonly CodeownersError[] => {
    const column = columns[index];
    if (known || column === undefined) return [];
    const place = { line, column, source };
    if (owner === null) {
      const message = `\`${tokens[index + 1]}\` is no owner; write \`@user\`, \`@${organization}/team\` or an e-mail address.`;
      return [{ kind: "Invalid owner", ...place, message }];
    }
    const message = `\`${showOwner(owner)}\` is unknown, so nobody signs on its behalf.`;
    return [{ kind: "Unknown owner", ...place, message }];
  });
}
