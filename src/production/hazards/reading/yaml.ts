import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node } from "yaml";
import type { Steps } from "../../../notation/steps.ts";
import { readYamlDocument } from "../../../notation/yaml.ts";
import type { Tree } from "./tree.ts";

interface YamlPlace {
  /** Counts from 1. */
  readonly firstLine?: number;
  /** What reading may take; the reader of a whole change hands its own. */
  readonly steps: Steps;
}

/**
 * Reads one YAML document or JSON text; `null` when it is neither.
 * @throws {OutOfSteps}
 */
export function parseYaml(text: string, { firstLine = 1, steps }: YamlPlace): Tree | null {
  const lines = new LineCounter();
  const options = { strict: false, uniqueKeys: false, prettyErrors: false, logLevel: "silent" } as const;
  const { document } = readYamlDocument(text, { lines, steps, options });
  if (document === null || document.contents === null) return null;
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  return treeOf(document.contents, { lineAt, offset: 0 });
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
