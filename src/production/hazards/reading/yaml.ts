import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from "yaml";
import { HAZARD_LIMITS } from "../limits.ts";
import type { Tree } from "./tree.ts";

/** Reads one YAML document or JSON text; `null` when it is neither, too long or too deep. `firstLine` counts from 1. */
export function parseYaml(text: string, firstLine = 1): Tree | null {
  if (text.length > HAZARD_LIMITS.parsedYamlLength || tooDeep(text)) return null;
  try {
    const lines = new LineCounter();
    const parsed = parseAllDocuments(text, {
      lineCounter: lines,
      logLevel: "silent",
      strict: false,
      uniqueKeys: false,
      prettyErrors: false,
    });
    const [document] = Array.isArray(parsed) ? parsed : [];
    if (document === undefined || document.errors.length > 0) return null;
    const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
    return document.contents === null ? null : treeOf(document.contents, { lineAt, offset: 0 });
  } catch {
    // Nesting that is not made of brackets can still exhaust the parser's stack.
    return null;
  }
}

interface Where {
  readonly lineAt: (offset: number) => number;
  /** Of what holds the node, for nodes that stand nowhere. */
  readonly offset: number;
}

/** An alias is not followed: what it stands for is read where it is written. */
function treeOf(node: unknown, where: Where): Tree {
  const offset = hasRange(node) ? node.range[0] : where.offset;
  const line = where.lineAt(offset);
  const below = { ...where, offset };
  if (isMap(node)) {
    const entries = node.items.filter(isPair).map(({ key, value }) => ({
      key: isScalar(key) ? String(key.value) : "",
      line: hasRange(key) ? where.lineAt(key.range[0]) : line,
      value: treeOf(value, hasRange(key) ? { ...below, offset: key.range[0] } : below),
    }));
    return { kind: "map", line, entries };
  }
  if (isSeq(node)) return { kind: "list", line, items: node.items.map((item) => treeOf(item, below)) };
  if (isAlias(node)) return { kind: "scalar", line, value: `*${node.source}`, literal: false };
  const value = isScalar(node) ? node.value : null;
  const plain = typeof value === "number" || typeof value === "boolean" || value === null;
  return { kind: "scalar", line, value: plain ? value : String(value), literal: true };
}

function hasRange(node: unknown): node is Node & { readonly range: readonly [number, number, number] } {
  return typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range);
}

function tooDeep(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
    if (depth > HAZARD_LIMITS.depth) return true;
  }
  return false;
}

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** A document of a stream, as text. */
export interface DocumentText {
  readonly text: string;
  readonly firstLine: number;
}

/** Cuts a stream at its `---` lines; documents without content are left out. */
export function documentsIn(stream: string): readonly DocumentText[] {
  const documents: DocumentText[] = [];
  let lines: string[] = [];
  let firstLine = 1;
  const finish = () => {
    if (lines.some((line) => /^\s*[^\s#]/.test(line))) documents.push({ text: lines.join("\n"), firstLine });
  };
  for (const [index, line] of stream.split("\n").entries()) {
    if (/^---(?:\s|$)/.test(line)) {
      finish();
      lines = [];
      firstLine = index + 2;
    } else lines.push(line);
  }
  finish();
  return documents;
}
