import type { Writable } from "node:stream";
import { type Line, type Page, printLines } from "../report/lines.ts";
import { pageOf, type Terminal } from "../terminal.ts";
import {
  neutralField,
  neutralJson,
  neutralLine,
  neutralText,
  type WorkflowCommand,
  workflowCommand,
} from "./neutral.ts";
import { type Element, neutralXml } from "./xml.ts";

/** Lines for people, as wide as the terminal. */
export function printReport(stream: Writable, lines: readonly Line[], page: Page = pageOf(stream)): void {
  stream.write(neutralText(printLines(lines, page)));
}

/** One JSON document on standard output. */
export function printJson({ stdout }: Terminal, document: unknown): void {
  stdout.write(`${neutralJson(document)}\n`);
}

/** Rows of fields on standard output (RFC 4180). */
export function printCsv({ stdout }: Terminal, rows: readonly (readonly string[])[]): void {
  stdout.write(rows.map((row) => `${row.map(neutralField).join(",")}\r\n`).join(""));
}

/** One XML document on standard output. */
export function printXml({ stdout }: Terminal, root: Element): void {
  stdout.write(neutralXml(root));
}

/** A command of our own to GitHub's runner. */
export function printWorkflowCommand({ stdout }: Terminal, command: WorkflowCommand): void {
  stdout.write(`${workflowCommand(command)}\n`);
}

/** Help and usage: our own words, laid out already. */
export function printHelp(stream: Writable, text: string): void {
  stream.write(neutralText(text));
}

/** Why the command failed, in one line. */
export function complain({ stderr }: Terminal, message: string): void {
  stderr.write(`${neutralLine(`countersign: ${message}`)}\n`);
}

/** A line that is overwritten, or with `null` removed. */
export function overwrite({ stderr }: Terminal, text: string | null): void {
  stderr.write(text === null ? "\r\x1b[K" : `\r${neutralLine(text)}\x1b[K`);
}
