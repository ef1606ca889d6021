import { type PatternDefect, parsePattern } from "../paths/pattern.ts";
import { columnsOf, tokensOf } from "./line.ts";
import { type OwnerRef, parseOwner } from "./owner.ts";
import type { CodeownersError } from "./rule.ts";

export interface SuggestedFix {
  /** What to do, one sentence. */
  readonly suggestion: string;
  /** The whole line as it was probably meant, where that can be guessed; it holds no such error any more. */
  readonly replacement?: string;
}

/** What to do about an error. */
export function suggestFix({ kind, source, column }: CodeownersError): SuggestedFix {
  const tokens = tokensOf(source);
  const columns = columnsOf(tokens, source);
  const parts = tokens.map((text, index): Part => ({ text, column: columns[index] ?? 1 }));
  switch (kind) {
    case "Invalid pattern":
      return fixPattern(parts, source);
    case "Invalid owner":
      return fixOwners(parts, source);
    case "Unknown owner": {
      const owner = parseOwner(parts.find((part) => part.column === column)?.text ?? "");
      return { suggestion: UNKNOWN[owner?.kind ?? "user"] };
    }
    case "File too large":
      return { suggestion: "Name directories instead of files, so that the file is smaller." };
  }
}

const UNKNOWN: Readonly<Record<OwnerRef["kind"], string>> = {
  user: "Check the spelling, and that the user exists and has write access to the repository.",
  team: "Check the spelling, and that the team exists, is visible and has write access to the repository.",
  email: "Name the user instead: who stands behind an address cannot always be told.",
};

const LEAVE_OUT: SuggestedFix = { suggestion: "Leave the line out: GitHub skips it." };

interface Part {
  readonly text: string;
  /** 1-based. */
  readonly column: number;
}

function fixPattern([first]: readonly Part[], source: string): SuggestedFix {
  if (first === undefined) return LEAVE_OUT;
  if (first.text.startsWith("!")) return fixException(first.text);
  const pattern = fixedPattern(first.text);
  if (pattern === null) return LEAVE_OUT;
  return {
    suggestion: `Write \`${pattern}\` instead.`,
    replacement: replaceParts(source, [{ ...first, by: pattern }]),
  };
}

/** A line without owners takes away what an earlier line gave, which is what an exception is for. */
function fixException(text: string): SuggestedFix {
  const pattern = fixedPattern(text.replace(/^!+/, ""));
  if (pattern === null) return LEAVE_OUT;
  return {
    suggestion: `To except paths from an earlier line, write \`${pattern}\` without owners behind it.`,
    replacement: pattern,
  };
}

/** Each suggestion fixes one kind of defect, and there are fewer kinds than this. */
const ROUNDS = 6;

function fixedPattern(source: string): string | null {
  let pattern: string | undefined = source;
  for (let round = 0; round < ROUNDS && pattern !== undefined; round += 1) {
    const parsed: { readonly ok: true } | ({ readonly ok: false } & PatternDefect) = parsePattern(pattern);
    if (parsed.ok) return pattern;
    pattern = parsed.suggestion;
  }
  return null;
}

/** Fixes all owners of the line at once; what cannot be fixed is left out if others remain. */
function fixOwners([, ...parts]: readonly Part[], source: string): SuggestedFix {
  const edits = parts.map((part) => ({ ...part, by: intendedOwner(part.text) }));
  if (edits.every(({ by }) => by === "")) {
    return { suggestion: "Name an owner, or leave the line out: GitHub skips it." };
  }
  const replacement = replaceParts(source, edits);
  return { suggestion: `Write \`${replacement}\` instead.`, replacement };
}

/** The owner that was probably meant, or nothing. */
function intendedOwner(token: string): string {
  const guesses = [
    token,
    `@${token}`,
    token.replace(/^@+/, "@"),
    token.replace(/[,;:.]+$/, ""),
    token.replace(/^(@[^/]+)\/.*\/([^/]+)$/, "$1/$2"),
  ];
  const guess = guesses.find((each) => parseOwner(each) !== null);
  if (guess !== undefined) return guess;
  const hash = token.indexOf("#");
  const owner = token.slice(0, Math.max(hash, 0));
  if (parseOwner(owner) !== null) return `${owner} ${token.slice(hash)}`;
  const listed = token.split(/[,;]+/).filter((each) => each !== "");
  return listed.every((each) => parseOwner(each) !== null) ? listed.join(" ") : "";
}

interface Edit extends Part {
  readonly by: string;
}

function replaceParts(source: string, edits: readonly Edit[]): string {
  let line = "";
  let at = 0;
  for (const { text, column, by } of edits) {
    const kept = source.slice(at, column - 1);
    line += by === "" ? kept.trimEnd() : kept + by;
    at = column - 1 + text.length;
  }
  return (line + source.slice(at)).trim();
}
