import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Every file below a folder whose path fits, in order. */
export function filesBelow(folder: string, pattern: RegExp): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => pattern.test(path))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .sort();
}

export function textOf(path: string): string {
  return readFileSync(path, "utf8");
}

/** The documents of a stream of YAML, as text. */
export function documentsOf(text: string): readonly string[] {
  return text.split(/^---.*$/m).filter((each) => /\S/.test(each));
}
