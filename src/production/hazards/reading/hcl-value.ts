import type { HclCursor } from "./hcl-cursor.ts";
import { type Entry, literalOf, type Scalar, type Tree, textOf } from "./tree.ts";
import { parseYaml } from "./yaml.ts";

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const CALL = /[\p{ID_Start}_][\p{ID_Continue}-]*\(/uy;
const KEYWORD = /(?:true|false|null)(?![\p{ID_Continue}.[(-])/uy;
const FOR = /[[{]\s*for\s/y;
/** `"${var.a}"` is an old way to write `var.a`. */
const ALONE = /^\$\{\s*([^\s{}"](?:[^{}"]*[^\s{}"])?)\s*\}$/;

/** Functions that hand their argument on, and those that lay lists or mappings together. */
const SAME = [
  "jsonencode",
  "yamlencode",
  "toset",
  "tolist",
  "tomap",
  "sensitive",
  "nonsensitive",
  "tostring",
];
const JOINED = ["concat", "flatten", "compact", "distinct", "setunion", "merge"];

/**
 * Reads the expression at the cursor, up to the bracket or comma that ends it or, outside lists and arguments, up to
 * the end of its line.
 */
export function readValue(cursor: HclCursor, ends = "\n,}])"): Tree {
  const skip = () => (ends.startsWith("\n") ? cursor.skipSpaces() : cursor.skipBlank());
  const endsHere = () => cursor.atEnd || ends.includes(cursor.character) || cursor.looksAt("...");
  skip();
  const { position: start, line } = cursor;
  const value = readData(cursor, line);
  skip();
  if (value !== null && endsHere()) return value;
  while (!endsHere()) {
    cursor.skipToken();
    skip();
  }
  const text = cursor.textFrom(start).trim();
  const begins = typeof literalOf(value ?? undefined);
  const number = begins === "number" || begins === "boolean" ? workedOut(text) : undefined;
  return { kind: "scalar", line, value: number ?? text, literal: number !== undefined };
}

const SUM = /^-?[\d.]+(?:\s*[-+*]\s*[\d.]+){1,20}$/;

const CHOICE = /^(true|false)\s*\?\s*(\d{1,9})\s*:\s*(\d{1,9})$/;

/** What plain numbers add up to, their products, and which of two is chosen. */
function workedOut(text: string): number | undefined {
  const [, condition, yes, no] = CHOICE.exec(text) ?? [];
  if (condition !== undefined) return Number(condition === "true" ? yes : no);
  if (!SUM.test(text)) return undefined;
  const terms = text
    .replaceAll(/\s/g, "")
    .replaceAll(/(?<=\d)-/g, "+-")
    .split("+");
  const sum = terms.reduce((all, term) => {
    const factors = term.split("*").map(Number);
    return all + factors.reduce((product, factor) => product * factor, 1);
  }, 0);
  return Number.isFinite(sum) ? sum : undefined;
}

/** `null` where no plain data begins. */
function readData(cursor: HclCursor, line: number): Tree | null {
  const scalar = (value: Scalar["value"], literal = true): Scalar => ({
    kind: "scalar",
    line,
    value,
    literal,
  });
  if (cursor.looksAt('"')) {
    const { value, literal } = cursor.takeString();
    return literal ? scalar(value) : scalar(ALONE.exec(value)?.[1] ?? value, false);
  }
  const heredoc = cursor.looksAt("<<") ? cursor.takeHeredoc() : null;
  if (heredoc !== null) {
    const json = /^\s*[[{]/.test(heredoc.value)
      ? parseYaml(heredoc.value, { firstLine: line + 1, steps: cursor.steps })
      : null;
    return json ?? scalar(heredoc.value, heredoc.literal);
  }
  const keyword = cursor.takeIf(KEYWORD);
  if (keyword !== null) return scalar(keyword === "null" ? null : keyword === "true");
  const number = cursor.takeIf(NUMBER);
  if (number !== null) return scalar(Number(number));
  if (cursor.looksAt("[")) return readList(cursor, line);
  if (cursor.looksAt("{")) return readMapping(cursor, line);
  return readCall(cursor, line);
}

function readCall(cursor: HclCursor, line: number): Tree | null {
  const start = cursor.position;
  const name = cursor.takeIf(CALL)?.slice(0, -1);
  if (name === undefined) return null;
  cursor.position -= 1;
  if (name === "max" || name === "min") {
    const numbers = readItems(cursor, ["(", ")"]).map((item) => literalOf(item));
    const known = numbers.filter((each) => typeof each === "number");
    const isKnown = known.length > 0 && known.length === numbers.length;
    const value = isKnown ? Math[name](...known) : cursor.textFrom(start);
    return { kind: "scalar", line, value, literal: isKnown };
  }
  if (!SAME.includes(name) && !JOINED.includes(name) && name !== "setsubtract") {
    cursor.skipGroup();
    return { kind: "scalar", line, value: cursor.textFrom(start), literal: false };
  }
  const items = readItems(cursor, ["(", ")"]);
  if (SAME.includes(name)) return items[0] ?? null;
  if (name === "setsubtract") {
    const [all, less] = items;
    if (all?.kind !== "list" || less?.kind !== "list" || !isPlain(all) || !isPlain(less))
      return { kind: "scalar", line, value: cursor.textFrom(start), literal: false };
    const gone = new Set(less.items.map(textOf));
    return { ...all, items: all.items.filter((item) => !gone.has(textOf(item))) };
  }
  const entries = items.flatMap((item) => (item.kind === "map" ? item.entries : []));
  // What nothing is known of is not empty.
  if (name === "merge" && entries.length === 0 && items.some(({ kind }) => kind !== "map"))
    return { kind: "scalar", line, value: cursor.textFrom(start), literal: false };
  if (name === "merge") return { kind: "map", line, entries };
  return { kind: "list", line, items: items.flatMap((item) => (item.kind === "list" ? item.items : [item])) };
}

function isPlain({ items }: { readonly items: readonly Tree[] }): boolean {
  return items.every((item) => item.kind === "scalar" && item.literal);
}

function readList(cursor: HclCursor, line: number): Tree {
  return readComprehension(cursor, line) ?? { kind: "list", line, items: readItems(cursor, ["[", "]"]) };
}

function readItems(cursor: HclCursor, [open, close]: readonly [string, string]): readonly Tree[] {
  const items: Tree[] = [];
  cursor.open(open);
  for (;;) {
    cursor.skipBlank();
    if (cursor.looksAt(close)) break;
    items.push(readValue(cursor, ",])"));
    cursor.skipBlank();
    if (cursor.looksAt("...")) cursor.take("...");
    if (!cursor.looksAt(close)) cursor.take(",");
  }
  cursor.close(close);
  return items;
}

function readMapping(cursor: HclCursor, line: number): Tree {
  const comprehension = readComprehension(cursor, line);
  if (comprehension !== null) return comprehension;
  const entries: Entry[] = [];
  cursor.open("{");
  for (;;) {
    cursor.skipBlank();
    if (cursor.looksAt("}")) break;
    const here = cursor.line;
    const key = readKey(cursor);
    cursor.skipSpaces();
    cursor.take(cursor.looksAt(":") ? ":" : "=");
    cursor.skipBlank();
    entries.push({ key, line: here, value: readValue(cursor) });
    cursor.skipBlank();
    if (cursor.looksAt(",")) cursor.take(",");
  }
  cursor.close("}");
  return { kind: "map", line, entries };
}

function readKey(cursor: HclCursor): string {
  if (cursor.looksAt('"')) return cursor.takeString().value;
  const start = cursor.position;
  while (!cursor.atEnd && !"=:\n".includes(cursor.character)) {
    cursor.skipToken();
    cursor.skipSpaces();
  }
  return cursor.textFrom(start).trim();
}

function readComprehension(cursor: HclCursor, line: number): Tree | null {
  const start = cursor.position;
  const startLine = cursor.line;
  if (cursor.takeIf(FOR) === null) return null;
  cursor.position = start;
  cursor.line = startLine;
  cursor.skipGroup();
  return { kind: "scalar", line, value: cursor.textFrom(start), literal: false };
}
