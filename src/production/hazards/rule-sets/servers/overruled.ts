import { Blocks, TOP } from "./blocks.ts";
import { keyOf } from "./keeping-lines.ts";
import { SQUID } from "./services.ts";
import { PG_HBA, SSHD, SUDOERS, WEB } from "./settings.ts";

/** One line of a file, from 1. */
interface Line {
  readonly line: number;
  readonly text: string;
}

/** What a template leaves out, or a comment that goes on, decides nothing. */
const UNCERTAIN = /\{[{%]|<%|\\\s*(?:\n|$)/;

/** Tells which lines of a file do nothing, because another one that stands there decides. */
export function overruledIn(path: string, text: string | null | undefined): (line: Line) => boolean {
  const isKnown = typeof text === "string" && !UNCERTAIN.test(text);
  if (isKnown && SSHD.test(path)) return setBefore(text.split("\n"));
  if (isKnown && PG_HBA.test(path)) return refusedBefore(text.split("\n"));
  if (isKnown && SUDOERS.test(path)) return askedAfter(text.split("\n"));
  if (isKnown && SQUID.test(path)) return afterDenialOfAll(text.split("\n"));
  return isKnown && WEB.test(path) ? idleInWeb(text.split("\n")) : () => false;
}

/** Whom a line of sudoers is about, on which machines, as whom; behind it the tags and the commands. */
const MAY_RUN = /^\s*([^\s#=]+\s+[^\s#=]+\s*=\s*(?:\([^()]*\))?)\s*(?:PASSWD:\s*)?ALL\s*$/;

/** Of the lines of sudoers about the same people the last counts: one that asks for the password again. */
function askedAfter(lines: readonly string[]): (line: Line) => boolean {
  const last = new Map<string, number>();
  for (const [index, text] of lines.entries()) {
    const whom = MAY_RUN.exec(text)?.[1];
    if (whom !== undefined) last.set(whom.replaceAll(/\s/g, ""), index + 1);
  }
  return ({ line, text }) => {
    const whom = MAY_RUN.exec(text.replace(/\bNOPASSWD\s*:/, ""))?.[1];
    return whom !== undefined && (last.get(whom.replaceAll(/\s/g, "")) ?? 0) > line;
  };
}

/** Of the rules of Squid the first that fits counts. */
function afterDenialOfAll(lines: readonly string[]): (line: Line) => boolean {
  const first = lines.findIndex((each) => /^\s*http_access\s+deny\s+all\s*$/.test(each));
  return ({ line, text }) => first !== -1 && line > first + 1 && /^\s*http_access\b/.test(text);
}

const ALLOWS = /^\s*allow\s+(?:all|0\.0\.0\.0\/0|::\/0)\s*;/i;
const DENIES = /^\s*deny\s+\S/i;
const DENIES_ALL = /^\s*deny\s+all\s*;/i;
const GRANTS = /^\s*Require\s+all\s+granted\b/i;
const NEEDS_ALL = /^\s*<RequireAll\b/i;

/**
 * Of the rules of nginx the first that fits counts, in the innermost block that has any: `allow all` does something where
 * a denial follows it, or stands further out. Of Apache, `Require all denied` decides in a block that needs all.
 */
function idleInWeb(lines: readonly string[]): (line: Line) => boolean {
  const idle = new Set<number>();
  const open: WebBlock[] = [new WebBlock("")];
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    const block = open.at(-1);
    if (/^\s*(?:\}|<\/)/.test(text)) {
      if (open.length > 1) for (const each of open.pop()?.idleLines() ?? []) idle.add(each);
      continue;
    }
    const isDeniedOutside = open.some((each) => each !== block && each.denies);
    block?.read(line, text, isDeniedOutside);
    if (/\{\s*$|^\s*<(?!\/)[^>]*[^/>]>\s*$/.test(text)) open.push(new WebBlock(text));
  }
  for (const block of open) for (const each of block.idleLines()) idle.add(each);
  return ({ line }) => idle.has(line);
}

/** What one block of a web server's settings says of who is let in. */
class WebBlock {
  denies = false;
  readonly #head: string;
  #deniesAll = false;
  #isRefused = false;
  readonly #grants: number[] = [];
  #open: number[] = [];
  readonly #idle: number[] = [];

  constructor(head: string) {
    this.#head = head;
  }

  read(line: number, text: string, isDeniedOutside: boolean): void {
    if (ALLOWS.test(text)) {
      if (this.#deniesAll) this.#idle.push(line);
      else if (!isDeniedOutside) this.#open.push(line);
    }
    if (DENIES.test(text)) {
      this.denies = true;
      this.#open = [];
    }
    if (DENIES_ALL.test(text)) this.#deniesAll = true;
    if (GRANTS.test(text)) this.#grants.push(line);
    if (/^\s*Require\s+all\s+denied\b/i.test(text)) this.#isRefused = true;
  }

  /** Lines that let nobody in who was not let in without them. */
  idleLines(): readonly number[] {
    const refused = this.#isRefused && NEEDS_ALL.test(this.#head) ? this.#grants : [];
    return [...this.#idle, ...this.#open, ...refused];
  }
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
