import type { Steps } from "../../../notation/steps.ts";
import type { Entry, Tree } from "./tree.ts";

interface Row {
  readonly indent: number;
  readonly line: number;
  readonly text: string;
}

const KEY =
  /^(?:"([^"]{1,200})"|'([^']{1,200})'|([^\s:{}[\],#&*!|>'"%@`-][^:#]{0,200}?|-[^\s:]{1,200}?))\s*:(?:\s+([\s\S]*))?$/;
const BLOCK = /^[|>][+-]?\d?[+-]?\s*(?:#.*)?$/;

/**
 * A file that its notation's reader refuses, read by its lines and how they are indented: what it seems to have said,
 * to tell what it loses.
 * @throws {OutOfSteps}
 */
export function looseTree(text: string, steps: Steps): Tree | undefined {
  steps.take(text.length);
  const rows = text.split("\n").flatMap((raw, index): readonly Row[] => {
    const line = raw.trimEnd();
    const rest = line.trimStart();
    if (/^(?:#|$|[{}[\]],?$|<{7}|={7}|>{7}|---)/.test(rest)) return [];
    return [{ indent: line.length - rest.length, line: index + 1, text: rest }];
  });
  const reader = new Reader(rows);
  const trees: Tree[] = [];
  while (!reader.isDone) trees.push(reader.block(reader.indent, 0));
  const entries = trees.flatMap((tree) => (tree.kind === "map" ? tree.entries : []));
  if (entries.length > 0) return { kind: "map", line: entries[0]?.line ?? 1, entries };
  return trees[0];
}

/** Deeper ones are text. */
const MOST_DEPTH = 50;

class Reader {
  readonly #rows: Row[];
  #at = 0;

  constructor(rows: readonly Row[]) {
    this.#rows = [...rows];
  }

  get isDone(): boolean {
    return this.#at >= this.#rows.length;
  }

  get indent(): number {
    return this.#rows[this.#at]?.indent ?? -1;
  }

  /** What is indented as much as its first line, or more. */
  block(indent: number, depth: number): Tree {
    const entries: Entry[] = [];
    const items: Tree[] = [];
    const first = this.#rows[this.#at];
    for (let row = first; row !== undefined && row.indent >= indent; row = this.#rows[this.#at]) {
      const [, item] = /^-(?:\s+(.*))?$/.exec(row.text) ?? [];
      const isItem = row.text === "-" || item !== undefined;
      if (isItem && items.length === 0 && entries.length > 0 && row.indent <= indent) break;
      if (isItem) items.push(this.#item(row, item ?? "", depth));
      else if (items.length > 0 && row.indent <= indent) break;
      else entries.push(...this.#entry(row, depth));
    }
    const line = first?.line ?? 1;
    if (items.length > 0 && entries.length === 0) return { kind: "list", line, items };
    return { kind: "map", line, entries };
  }

  #item(row: Row, text: string, depth: number): Tree {
    if (!KEY.test(text) || depth > MOST_DEPTH) {
      this.#at += 1;
      const rest = this.indent > row.indent ? ` ${this.#text(row.indent)}` : "";
      return scalar(`${text}${rest}`, row.line);
    }
    const indent = row.indent + row.text.length - text.length;
    this.#rows[this.#at] = { indent, line: row.line, text };
    return this.block(indent, depth + 1);
  }

  #entry(row: Row, depth: number): readonly Entry[] {
    this.#at += 1;
    const found = KEY.exec(row.text);
    if (found === null) return [];
    const [, double, single, plain, value = ""] = found;
    const key = double ?? single ?? plain ?? "";
    const isBlock = BLOCK.test(value);
    const isDeeper = this.indent > row.indent || (this.indent === row.indent && this.#isItem());
    if (isBlock) return [{ key, line: row.line, value: scalar(this.#text(row.indent), row.line) }];
    const isOpen = /^(?:[&!]\S+\s*)?[{[]?$/.test(value);
    if (isOpen && isDeeper && depth <= MOST_DEPTH)
      return [{ key, line: row.line, value: this.block(this.indent, depth + 1) }];
    return [{ key, line: row.line, value: scalar(value, row.line) }];
  }

  #isItem(): boolean {
    return /^-(?:\s|$)/.test(this.#rows[this.#at]?.text ?? "");
  }

  /** The lines that are indented more, as they stand. */
  #text(indent: number): string {
    const lines: string[] = [];
    while (this.indent > indent) {
      lines.push(this.#rows[this.#at]?.text ?? "");
      this.#at += 1;
    }
    return lines.join("\n");
  }
}

/** A list on one line is one; everything else is text. */
function scalar(text: string, line: number): Tree {
  const plain = text
    .replace(/(?<=\s)#[\s\S]*$/, "")
    .trimEnd()
    .replace(/,$/, "")
    .trim();
  const [, items] = /^\[([^[\]{}]*)\]$/.exec(plain) ?? [];
  if (items === undefined) return { kind: "scalar", line, value: unquoted(plain), literal: true };
  const words = items.split(",").filter((item) => item.trim() !== "");
  return {
    kind: "list",
    line,
    items: words.map((item) => ({ kind: "scalar", line, value: unquoted(item.trim()), literal: true })),
  };
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}
