import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync } from "oxc-parser";

/** What some built files need: other built files, by their paths in the folder, and packages. */
export interface Reach {
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

/**
 * Follows the imports of built files, also those that come later, and of their declarations.
 * @throws {Error} where an import is computed, or leads to a file that is not there
 */
export function reachFrom(folder: string, entries: readonly string[]): Reach {
  const files = new Set(entries);
  const packages = new Set<string>();
  for (const file of files) {
    for (const specifier of importsIn(file, readFileSync(join(folder, file), "utf8"))) {
      if (specifier.startsWith("node:")) continue;
      if (specifier.startsWith(".")) files.add(importedFile(folder, file, specifier));
      else packages.add(packageOf(specifier));
    }
  }
  return { files: [...files].toSorted(), packages: [...packages].toSorted() };
}

function importsIn(file: string, text: string): readonly string[] {
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]?.message}`);
  const later = module.dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start, end));
  const types = file.endsWith(".d.ts")
    ? [...text.matchAll(/\bimport\((".*?")\)/g)].map(([, name = ""]) => name)
    : [];
  return [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...[...later, ...types].map((literal) => literalIn(literal, file)),
  ];
}

function literalIn(text: string, file: string): string {
  const [, specifier] = /^(?:"([^"]+)")$/.exec(text) ?? [];
  if (specifier === undefined) throw new Error(`${file} imports ${text}, which only shows when it runs`);
  return specifier;
}

function importedFile(folder: string, from: string, specifier: string): string {
  const path = posix.join(posix.dirname(from), specifier);
  const file = from.endsWith(".d.ts") ? path.replace(/(?:\.d)?\.[jt]s$/, ".d.ts") : path;
  if (!existsSync(join(folder, file))) throw new Error(`${from} imports ${file}, which is not there`);
  return file;
}

function packageOf(specifier: string): string {
  const [scope = "", name] = specifier.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}
