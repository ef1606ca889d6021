import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { parseSync, Visitor } from "oxc-parser";

/** What each file imports from the project, types included; paths from the root. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

const ROOT = new URL("../../", import.meta.url);

/** The graph of every TypeScript file below the folders; declarations of the language itself are imported by none. */
export function readImportGraph(folders: readonly string[]): ImportGraph {
  const files = globSync(
    folders.map((folder) => `${folder}/**/*.ts`),
    { cwd: ROOT.pathname, exclude: ["**/*.d.ts"] },
  ).toSorted();
  return new Map(files.map((file) => [file, importsOf(file, readFileSync(new URL(file, ROOT), "utf8"))]));
}

/** Each relative import of the text: static, dynamic, re-exported or of a type. */
export function importsOf(file: string, text: string): readonly string[] {
  const found: string[] = [];
  const add = (node: { readonly type: string; readonly value?: unknown } | null) => {
    if (typeof node?.value !== "string" || !node.value.startsWith(".")) return;
    found.push(posix.join(posix.dirname(file), node.value));
  };
  const parsed = parseSync(file, text);
  if (parsed.errors.length > 0) throw new Error(`${file} cannot be parsed.`);
  new Visitor({
    ImportDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ImportExpression: ({ source }) => add(source),
    TSImportType: ({ source }) => add(source),
  }).visit(parsed.program);
  return [...new Set(found)];
}
