import { Blocks, TOP } from "./blocks.ts";
import { keyOf } from "./keeping-lines.ts";
import { PG_HBA, SSHD } from "./settings.ts";

/** One line of a file, from 1. */
interface Line {
  readonly line: number;
  readonly text: string;
}

/** What a template leaves out, or a comment that goes on, decides nothing. */
const UNCERTAIN = /\{[{%]|<%|\\\s*(?:\n|$)/;

/** Tells which lines of a file do nothing, because an earlier one that stands there decides. */
export function overruledIn(path: string, text: string | null | undefined): (line: Line) => boolean {
  const isKnown = typeof text === "string" && !UNCERTAIN.test(text);
  if (isKnown && SSHD.test(path)) return setBefore(text.split("\n"));
  return isKnown && PG_HBA.test(path) ? refusedBefore(text.split("\n")) : () => false;
}

/** Of a keyword of SSH the first value counts, but in a block for some of those who sign in. */
function setBefore(lines: readonly string[]): (line: Line) => boolean {
  const end = lines.findIndex((each) => /^\s*(?:Match|Include)\b/i.test(each));
  const certain = end === -1 ? lines : lines.slice(0, end);
  const first = firstOf(certain, (each) => (/^\s*\w/.test(each) ? keyOf(each) : undefined));
  return ({ line, text }) => line <= certain.length && (first.get(keyOf(text)) ?? line) < line;
}

const EVERYWHERE = /^\s*host\s+all\s+all\s+(0\.0\.0\.0\/0|::\/0|all)\s+reject\b/;
/** From where; `all` databases are all but that of replication. */
const FROM = /^\s*host\w*\s+(?!replication\b)[\w-]+\s+[\w-]+\s+(\S+)/;

/** Of the rules of PostgreSQL the first that fits counts. */
function refusedBefore(lines: readonly string[]): (line: Line) => boolean {
  const first = firstOf(lines, (each) => EVERYWHERE.exec(each)?.[1]);
  return ({ line, text }) => {
    const from = FROM.exec(text)?.[1];
    return from !== undefined && ["all", familyOf(from)].some((each) => (first.get(each) ?? line) < line);
  };
}

/** All addresses of its kind; of names, all there are. */
function familyOf(from: string): string {
  if (/^[\d.]+(?:\/\d+)?$/.test(from)) return "0.0.0.0/0";
  return /^[\da-f]*:[\da-f:]*/i.test(from) ? "::/0" : "all";
}

function firstOf(
  lines: readonly string[],
  subjectOf: (line: string) => string | undefined,
): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const subject = subjectOf(line);
    if (subject !== undefined && !first.has(subject)) first.set(subject, index + 1);
  }
  return first;
}

/** The lines that stay as they are and did nothing, or held for some alone, and now decide for all. */
export function wokenIn({
  path,
  before,
  after,
}: {
  path: string;
  before: string;
  after: string;
}): readonly Line[] {
  if (!SSHD.test(path) && !PG_HBA.test(path)) return [];
  const had = new Set(decidingIn(path, before).map(({ text }) => text.trim()));
  const stood = new Set(before.split("\n").map((each) => each.trim()));
  return decidingIn(path, after).filter(({ text }) => stood.has(text.trim()) && !had.has(text.trim()));
}

function decidingIn(path: string, text: string): readonly Line[] {
  const isOverruled = overruledIn(path, text);
  const lines = text.split("\n");
  const blocks = new Blocks().of(lines);
  return lines.flatMap((each, index) => {
    const line = { line: index + 1, text: each };
    return blocks[index] === TOP && !isOverruled(line) ? [line] : [];
  });
}
