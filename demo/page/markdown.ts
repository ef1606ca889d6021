import { type Child, type Html, html } from "./html.ts";
import { inline } from "./inline.ts";

/**
 * The part of GitHub's Markdown that checks, bodies and comments here are made of: headings, lists, quotes, fenced
 * code, tables and the marks inside a line. HTML in the source shows as text.
 */
export function markdown(source: string): Html {
  return html`${blocks(source.replaceAll("\r\n", "\n").split("\n"))}`;
}

type Lines = readonly string[];

interface Block {
  readonly shown: Child;
  /** How many lines it took, at least one. */
  readonly taken: number;
}

type Reader = (lines: Lines) => Block | null;

/** Tried in this order at every place where a block may begin; a paragraph takes what is left. */
const READERS: readonly Reader[] = [blank, fence, heading, quote, list, table];

function blocks(lines: Lines): readonly Child[] {
  const shown: Child[] = [];
  let rest = lines;
  while (rest.length > 0) {
    const block = begin(rest) ?? paragraph(rest);
    shown.push(block.shown);
    rest = rest.slice(block.taken);
  }
  return shown;
}

function begin(lines: Lines): Block | null {
  for (const read of READERS) {
    const block = read(lines);
    if (block) return block;
  }
  return null;
}

function blank([line = ""]: Lines): Block | null {
  return line.trim() === "" ? { shown: null, taken: 1 } : null;
}

function fence(lines: Lines): Block | null {
  const opening = /^(```+)[^`]*$/.exec(lines[0] ?? "")?.[1];
  if (opening === undefined) return null;
  const inside = takeWhile(lines.slice(1), (line) => line.trim() !== opening);
  return { shown: html`<pre><code>${inside.join("\n")}</code></pre>`, taken: inside.length + 2 };
}

const HEADINGS: readonly ((text: Child) => Html)[] = [
  (text) => html`<h3>${text}</h3>`,
  (text) => html`<h4>${text}</h4>`,
  (text) => html`<h5>${text}</h5>`,
];

/** Headings hang below those of the page, which end at the second level. */
function heading([line = ""]: Lines): Block | null {
  const [, marks = "", text] = /^(#{1,6})\s+(.+)$/.exec(line) ?? [];
  if (text === undefined) return null;
  const show = HEADINGS[Math.max(0, Math.min(marks.length, 5) - 3)];
  return show ? { shown: show(inline(text)), taken: 1 } : null;
}

function quote(lines: Lines): Block | null {
  const quoted = takeWhile(lines, (line) => line.startsWith(">"));
  if (quoted.length === 0) return null;
  const inside = blocks(quoted.map((line) => line.replace(/^> ?/, "")));
  return { shown: html`<blockquote>${inside}</blockquote>`, taken: quoted.length };
}

const ITEM = /^( {0,3})(?:([-*+])|\d{1,9}[.)])( +)(?=\S)/;

function list(lines: Lines): Block | null {
  const first = ITEM.exec(lines[0] ?? "");
  if (!first) return null;
  const items: Child[] = [];
  let taken = 0;
  for (let rest = lines; ITEM.test(rest[0] ?? ""); rest = lines.slice(taken)) {
    const item = listItem(rest);
    items.push(item.shown);
    taken += item.taken;
  }
  return { shown: first[2] === undefined ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`, taken };
}

/** An item owns the lines that are indented below its text. */
function listItem(lines: Lines): Block {
  const width = ITEM.exec(lines[0] ?? "")?.[0].length ?? 0;
  const indented = " ".repeat(width);
  const more = takeWhile(lines.slice(1), (line) => line.startsWith(indented));
  const [text, ...below] = [lines[0] ?? "", ...more].map((line) => line.slice(width));
  return { shown: html`<li>${inline(text ?? "")}${blocks(below)}</li>`, taken: more.length + 1 };
}

const RULER = /^\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$/;

function table(lines: Lines): Block | null {
  const [head = "", ruler = ""] = lines;
  if (!head.includes("|") || !RULER.test(ruler)) return null;
  const rows = takeWhile(lines.slice(2), (line) => line.includes("|"));
  const names = cells(head).map((cell) => html`<th scope="col">${inline(cell)}</th>`);
  const body = rows.map((row) => html`<tr>${cells(row).map((cell) => html`<td>${inline(cell)}</td>`)}</tr>`);
  const shown = html`<table><thead><tr>${names}</tr></thead><tbody>${body}</tbody></table>`;
  return { shown, taken: rows.length + 2 };
}

function cells(row: string): readonly string[] {
  return row
    .replace(/^\s*\||\|\s*$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

function paragraph(lines: Lines): Block {
  const rest = takeWhile(lines.slice(1), (_, at) => begin(lines.slice(at + 1)) === null);
  const text = [lines[0] ?? "", ...rest].join("\n");
  return { shown: html`<p>${inline(text)}</p>`, taken: rest.length + 1 };
}

function takeWhile(lines: Lines, holds: (line: string, at: number) => boolean): Lines {
  const end = lines.findIndex((line, at) => !holds(line, at));
  return end < 0 ? lines : lines.slice(0, end);
}
