import { escapeInvisible } from "../../signoff/wording/visible.ts";

/*
 * What others chose is printed beside what we say, and is read by more than people: terminals obey control characters,
 * CI runners obey lines, spreadsheets obey cells. Whatever leaves the command passes one of these functions last.
 */

/** `##[group]` and `##vso[task…]`, wherever they stand, are commands to GitHub's, Azure's and TeamCity's runners. */
const MARKED = /##(?=\w*\[)/g;

/** Our own colours, which may stand before what a runner reads. */
const COLOUR = String.raw`${"\u001b"}\[[\d;]*m`;
const LINE_START = new RegExp(
  String.raw`^((?:[^\S\n\r\u2028\u2029]|${COLOUR})*)(::|(?:---|\+\+\+|~~~|\^\^\^)(?= ))`,
  "gm",
);

/** Lines for people. What the words hold was made visible before they were wrapped. */
export function neutralText(text: string): string {
  return text.replace(MARKED, "\\u{23}#").replace(LINE_START, (_, before: string, command: string) => {
    const [first = "", ...rest] = command;
    return `${before}\\u{${(first.codePointAt(0) ?? 0).toString(16)}}${rest.join("")}`;
  });
}

/** One line of plain text that others wrote, with all that cannot be seen written out. */
export function neutralLine(text: string): string {
  return neutralText(escapeInvisible(text));
}

/** A command to GitHub's runner: the names are ours, the values anybody's. */
export interface WorkflowCommand {
  readonly command: "error" | "warning" | "notice";
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** One line that is one command, whatever the values hold: `::error file=a.tf,line=1::message`. */
export function workflowCommand({ command, properties, message }: WorkflowCommand): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${inProperty(value)}`);
  return `::${command} ${written.join(",")}::${inCommand(message)}`;
}

/** As `@actions/core` writes a message; nothing that cannot be seen is left of it by then. */
function inCommand(text: string): string {
  return neutralLine(text).replaceAll("%", "%25");
}

function inProperty(text: string): string {
  return inCommand(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** A document that means the same to whoever parses it. */
export function neutralJson(document: unknown): string {
  return JSON.stringify(document, null, 2).replace(NOT_LAYOUT, jsonEscape).replace(MARKED, "\\u0023#");
}

/** The same in one line. */
export function neutralJsonLine(document: unknown): string {
  return jsonEscape(JSON.stringify(document)).replace(MARKED, "\\u0023#");
}

/** What `escapeInvisible` writes out, but for the line breaks between the parts of the document. */
const NOT_LAYOUT = /[^\n]+/g;

function jsonEscape(line: string): string {
  // Only inside of strings: outside there is ASCII alone.
  if (escapeInvisible(line) === line) return line;
  return [...line]
    .map((character) => (escapeInvisible(character) === character ? character : escaped(character)))
    .join("");
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
}

/** A cell begins a formula, at its start or, where a spreadsheet takes other separators for its own, behind one. */
const FORMULA = /(^|[;,|])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

/** One row of a CSV file (RFC 4180), with its end. */
export function neutralRow(fields: readonly string[]): string {
  return `${fields.map(neutralField).join(",")}\r\n`;
}

/** One field of it. */
function neutralField(text: string): string {
  const safe = neutralLine(text).replace(FORMULA, "$1$2'");
  return /[",;|]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
