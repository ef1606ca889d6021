import MarkdownIt from "markdown-it";
import { isVisible } from "../wording/visible.ts";

/** What somebody tells the App to do, as written. `sha` is the beginning of a commit's id. */
export type Command =
  | { readonly kind: "override" | "accept"; readonly sha: string; readonly reason: string }
  | { readonly kind: "withdraw" | "help" }
  /** `until` as ISO 8601. */
  | { readonly kind: "freeze"; readonly area: string; readonly until: string; readonly reason: string }
  | { readonly kind: "unfreeze"; readonly area: string };

export type ReadCommand =
  | { readonly status: "command"; readonly command: Command }
  /** Something that is meant as a command and is none; a clause: "names no reason". */
  | { readonly status: "malformed"; readonly because: string }
  | { readonly status: "none" };

const NONE: ReadCommand = { status: "none" };

/** GitHub takes no longer comments. */
const LONGEST = 65_536;
const LONGEST_REASON = 200;

const OPENING = "/countersign";
const markdown = new MarkdownIt("commonmark");

/**
 * The command that a comment gives: a whole line of a paragraph, in plain text. What is quoted, in code, in HTML or in a
 * list gives none, and a comment gives one.
 */
export function readCommand(comment: string): ReadCommand {
  if (!comment.includes(OPENING)) return NONE;
  if (comment.length > LONGEST) return malformed("is longer than GitHub lets a comment be");
  const lines = plainLines(comment).filter(({ text }) => isMeant(text));
  const [only, ...others] = lines;
  if (only === undefined) return NONE;
  if (others.length > 0) return malformed("holds more than one command");
  if (!only.plain) return malformed("holds marks of Markdown or HTML; a command is plain text");
  if (!isVisible(only.text)) return malformed("holds characters that cannot be seen");
  return commandIn(only.text.slice(OPENING.length).trim());
}

function isMeant(line: string): boolean {
  return line === OPENING || line.startsWith(`${OPENING} `);
}

function malformed(because: string): ReadCommand {
  return { status: "malformed", because };
}

function commandIn(words: string): ReadCommand {
  const [name = "", ...rest] = words.split(" ");
  switch (name) {
    case "override":
    case "accept":
      return aboutCommit(name, rest);
    case "withdraw":
    case "help":
      return rest.length > 0 ? malformed("says more than the command takes") : given({ kind: name });
    case "freeze":
      return freezing(rest);
    case "unfreeze":
      return unfreezing(rest);
    default:
      return malformed("names no command that there is");
  }
}

function aboutCommit(kind: "override" | "accept", [sha = "", ...words]: readonly string[]): ReadCommand {
  const reason = reasonIn(words);
  if (!/^[0-9a-f]{12,64}$/.test(sha))
    return malformed("does not begin with at least 12 characters of the commit's id, in lower case");
  return typeof reason === "string" ? given({ kind, sha, reason }) : reason;
}

function reasonIn(words: readonly string[]): string | ReadCommand {
  const reason = words.join(" ").trim();
  if (reason === "") return malformed("names no reason");
  return reason.length > LONGEST_REASON
    ? malformed(`has a reason of more than ${LONGEST_REASON} characters`)
    : reason;
}

const DAY_MS = 24 * 60 * 60_000;

function freezing([area = "", until, date = "", ...words]: readonly string[]): ReadCommand {
  const reason = reasonIn(words);
  if (!/^[a-z0-9-]{1,40}$/.test(area)) return malformed("names no area");
  const end = until === "until" ? endOf(date) : null;
  if (end === null)
    return malformed("does not say until which day: until 2026-12-24, or until 2026-12-24T18:00Z");
  if (typeof reason !== "string") return reason;
  return given({ kind: "freeze", area, until: end, reason });
}

/** A day ends in UTC. */
function endOf(date: string): string | null {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(date);
  if (!isDay && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/.test(date)) return null;
  const time = Date.parse(date);
  // Some days that no calendar has are read as others.
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(date.slice(0, "2026-12-24".length)))
    return null;
  return new Date(isDay ? time + DAY_MS : time).toISOString();
}

function unfreezing([area = "", ...rest]: readonly string[]): ReadCommand {
  if (!/^[a-z0-9-]{1,40}$/.test(area)) return malformed("names no area");
  return rest.length > 0 ? malformed("says more than the command takes") : given({ kind: "unfreeze", area });
}

function given(command: Command): ReadCommand {
  return { status: "command", command };
}

interface PlainLine {
  readonly text: string;
  /** Nothing in it means anything to Markdown. */
  readonly plain: boolean;
}

/** The lines of the paragraphs that stand in no list and no quotation. */
function plainLines(comment: string): readonly PlainLine[] {
  const tokens = markdown.parse(comment, {});
  return tokens.flatMap(({ children, content, level }, index) => {
    if (children === null || level !== 1 || tokens[index - 1]?.type !== "paragraph_open") return [];
    const written = new Set(content.split("\n").map((line) => line.trimEnd()));
    // An escaped character is read otherwise than it is written.
    return linesOf(children).map(({ text, plain }) => ({ text, plain: plain && written.has(text) }));
  });
}

interface Part {
  readonly type: string;
  readonly content: string;
  /** 1 where a mark opens, -1 where it closes. */
  readonly nesting: number;
}

const BREAKS: ReadonlySet<string> = new Set(["softbreak", "hardbreak"]);

function linesOf(parts: readonly Part[]): readonly PlainLine[] {
  const lines: { text: string; plain: boolean }[] = [{ text: "", plain: true }];
  let depth = 0;
  for (const { type, content, nesting } of parts) {
    depth += nesting;
    const line = lines.at(-1);
    if (BREAKS.has(type)) lines.push({ text: "", plain: true });
    else if (line !== undefined) {
      line.text += type === "text" ? content : "";
      line.plain &&= type === "text" && depth === 0;
    }
  }
  return lines;
}
