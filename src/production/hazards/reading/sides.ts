import { OutOfSteps } from "../../../notation/steps.ts";
import type { FileChange } from "./change.ts";
import type { Tree } from "./tree.ts";
import { parseYaml } from "./yaml.ts";

/** Both sides of a file as data; a side that is not there or cannot be read is `undefined`. */
export interface Sides {
  readonly before: Tree | undefined;
  readonly after: Tree | undefined;
}

const known = new WeakMap<FileChange, Sides | OutOfSteps>();

/**
 * Of a file of YAML, JSON or JSON with comments, read once.
 * @throws {OutOfSteps}
 */
export function sidesOf(file: FileChange): Sides {
  const found = known.get(file) ?? readSides(file);
  known.set(file, found);
  if (found instanceof OutOfSteps) throw found;
  return found;
}

function readSides(file: FileChange): Sides | OutOfSteps {
  const tree = (text: string | null | undefined) =>
    typeof text === "string" && !file.path.endsWith(".toml")
      ? (parseYaml(withoutComments(text)) ?? undefined)
      : undefined;
  try {
    return { before: tree(file.before), after: tree(file.after) };
  } catch (error) {
    if (error instanceof OutOfSteps) return error;
    throw error;
  }
}

function withoutComments(text: string): string {
  return text.replaceAll(/^[^\S\n\r\u2028\u2029]*\/\/.*$/gm, "");
}
