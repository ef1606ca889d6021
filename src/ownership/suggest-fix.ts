import { type PatternDefect, parsePattern } from "../paths/pattern.ts";
import { withPlainBlanks } from "./lookalike.ts";
import { type OwnerRef, parseOwner } from "./owner.ts";
import { respelled } from "./respelled.ts";
import type { CodeownersError } from "./rule.ts";
import { columnsOf, joinedPath, tokensOf } from "./tokens.ts";

export interface SuggestedFix {
  /** What to do, one sentence. */
  readonly suggestion: string;
  /** The whole line as it was probably meant, where that can be guessed; it holds no such error any more. */
  readonly replacement?: string;
}

/** What to do about an error. */
export function suggestFix({ kind, source, column }: CodeownersError): SuggestedFix {
  switch (kind) {
    case "Invalid pattern":
      return fixLine(source, fixPattern);
    case "Invalid owner":
      return fixLine(source, fixOwners);
    case "Unknown owner": {
      const owner = parseOwner(partsOf(source).find((part) => part.column === column)?.text ?? "");
      return { suggestion: UNKNOWN[owner?.kind ?? "user"] };
    }
    case "File too large":
      return { suggestion: "Name directories instead of files, so that the file is smaller." };
  }
}

type Fixer = (parts: readonly Part[], source: string) => SuggestedFix;

/** White space that is no blank is a defect by itself, so that the rest is fixed without it. */
function fixLine(source: string, fix: Fixer): SuggestedFix {
  if (source.length > LONGEST_FIXED) return { suggestion: "Write a shorter line." };
  const plain = withPlainBlanks(source);
  return fix(partsOf(plain), plain);
}

const LONGEST_FIXED = 2_048;

function partsOf(source: string): readonly Part[] {
  const tokens = tokensOf(source);
  const columns = columnsOf(tokens, source);
  return tokens.map((text, index) => ({ text, column: columns[index] ?? 1 }));
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

function fixPattern(parts: readonly Part[], source: string): SuggestedFix {
  const [first] = pathFirst(parts, source);
  if (first === undefined) return LEAVE_OUT;
  const path = joinedPath(first.text);
  if (path.startsWith("!")) return fixException(path);
  const pattern = fixedPattern(path);
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

/** Fixes all owners of the line at once; what owns nothing is left out if others remain. Never names anybody new. */
function fixOwners(parts: readonly Part[], source: string): SuggestedFix {
  const [path, ...rest] = pathFirst(parts, source);
  const comment = rest.findIndex(({ text }, index) => index > 0 && COMMENT_MARK.test(text));
  const owners = respell(comment === -1 ? rest : rest.slice(0, comment), source);
  if (owners === null || path === undefined) return TELL_APART;
  if (owners.every(({ by }) => by === "")) return NAME_ONE;
  const whole = path.text === parts[0]?.text ? [] : [{ ...path, by: joinedPath(path.text) }];
  const from = rest[comment]?.column;
  const end = from === undefined ? source.length : from - 1;
  const said =
    from === undefined ? "" : source.slice(end).replace(COMMENT_MARK, "").trimEnd().replace(COMMENT_END, "");
  const line = replaceParts(source.slice(0, end), [...whole, ...owners]);
  const replacement = from === undefined ? line : `${line} # ${said.trim()}`.trimEnd();
  const suggestion =
    whole.length > 0
      ? `If the path has a blank in it, write \`${replacement}\`.`
      : `Write \`${replacement}\` instead.`;
  return { suggestion, replacement };
}

const NAME_ONE: SuggestedFix = {
  suggestion: "Name an owner, or leave the line out: GitHub skips it.",
};

/** A word by itself may be a name, a comment or a part of the path; only the writer knows. */
const TELL_APART: SuggestedFix = {
  suggestion:
    "Put `@` before the name of an owner, `#` before a comment, and `\\` before each blank in a path.",
};

/** Comments as other languages begin and end them. */
const COMMENT_MARK = /^(?:\/\/+|\/\*+|--+|;+|<!--)/;
const COMMENT_END = /(?:(?<!\*)\*+\/|-->)$/;

/** The parts, the first of them with the words behind it that may belong to the path, if owners follow. */
function pathFirst(parts: readonly Part[], source: string): readonly Part[] {
  const [first, ...rest] = parts;
  const end = rest.findIndex(({ text }) => text.includes("@"));
  const last = rest[end - 1];
  if (first === undefined || last === undefined || /[/*]$/.test(first.text)) return parts;
  if (rest.slice(0, end).some(({ text }) => COMMENT_MARK.test(text))) return parts;
  return [{ ...first, text: textOf(first, last, source) }, ...rest.slice(end)];
}

function textOf(first: Part, last: Part, source: string): string {
  return source.slice(first.column - 1, last.column - 1 + last.text.length);
}

/** The owners as they have to be written; `null` if a word stands among them that may be anything. */
function respell(parts: readonly Part[], source: string): readonly Edit[] | null {
  const edits: Edit[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at];
    if (part === undefined) break;
    const { last, owner } = detached(parts.slice(at, at + LONGEST_DETACHED)) ?? {
      last: part,
      owner: respelled(part.text),
    };
    if (owner === null) return null;
    edits.push({ text: textOf(part, last, source), column: part.column, by: owner });
    at = parts.indexOf(last);
  }
  return edits;
}

/** `@`, organization, `/` and team, with blanks between all of them. */
const LONGEST_DETACHED = 4;

/** An owner with blanks behind its `@` or around its slash. */
function detached(parts: readonly Part[]): { readonly last: Part; readonly owner: string } | null {
  for (let count = parts.length; count > 1; count -= 1) {
    const texts = parts.slice(0, count).map(({ text }) => text);
    const [last] = parts.slice(count - 1);
    const owner = texts.join("");
    const glued = texts
      .slice(1)
      .every((text, index) => /[@/]$/.test(texts[index] ?? "") || text.startsWith("/"));
    if (last !== undefined && glued && owner.startsWith("@") && parseOwner(owner) !== null)
      return { last, owner };
  }
  return null;
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
