import type { Writable } from "node:stream";
import { type Line, type Page, printLines } from "../report/lines.ts";
import { pageOf, type Terminal } from "../terminal.ts";
import {
  neutralJson,
  neutralJsonLine,
  neutralLine,
  neutralRow,
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
  stdout.write(rows.map(neutralRow).join(""));
}

/** What comes of one entry after the other: as it comes, and no faster than it is read. */
export type Streamed =
  | { readonly as: "lines"; readonly of: Line }
  | { readonly as: "json"; readonly of: unknown }
  | { readonly as: "csv"; readonly of: readonly string[] };

/** Writes all of it to standard output, until its reader closes. */
export async function printStream({ stdout }: Terminal, parts: AsyncIterable<Streamed>): Promise<void> {
  const page = pageOf(stdout);
  for await (const part of parts) {
    if (stdout.destroyed) return;
    if (!stdout.write(textOf(part, page))) await untilRead(stdout);
  }
}

function textOf(part: Streamed, page: Page): string {
  switch (part.as) {
    case "lines":
      return neutralText(printLines([part.of], page));
    case "json":
      return `${neutralJsonLine(part.of)}\n`;
    case "csv":
      return neutralRow(part.of);
  }
}

/** Whoever closes early reads no more. */
function untilRead(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of ["drain", "close", "error"]) stream.off(event, done);
      resolve();
    };
    for (const event of ["drain", "close", "error"]) stream.on(event, done);
  });
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
