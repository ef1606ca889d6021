import { OutOfSteps } from "../../../notation/steps.ts";
import { blankComments } from "./blank-comments.ts";
import type { FileChange } from "./change.ts";
import { looseTree } from "./loose.ts";
import { NotRead } from "./not-read.ts";
import { parsedOnce } from "./parsed-once.ts";
import type { Tree } from "./tree.ts";
import { documentsIn } from "./yaml.ts";

/** Both sides of a file as data; a side that is not there is `undefined`. */
export interface Sides {
  readonly before: Tree | undefined;
  readonly after: Tree | undefined;
}

type Failure = OutOfSteps | NotRead;

const known = new WeakMap<FileChange, Sides | Failure>();

/** Names of files of YAML, JSON or JSON with comments. */
const DATA = /\.(?:ya?ml|jsonc?|json5)$/i;
/** Made into data by a program, which this is not. */
const TEMPLATE = /(?:^|\/)(?:templates|charts?)\//;
const NONE: Sides = { before: undefined, after: undefined };

/**
 * Of a file of YAML, JSON or JSON with comments, read once.
 * @throws {OutOfSteps}
 * @throws {NotRead}
 */
export function sidesOf(file: FileChange): Sides {
  if (!DATA.test(file.path)) return NONE;
  const found = known.get(file) ?? readSides(file);
  known.set(file, found);
  if (found instanceof OutOfSteps || found instanceof NotRead) throw found;
  return found;
}

function readSides(file: FileChange): Sides | Failure {
  try {
    return { before: readSide(file, "before"), after: readSide(file, "after") };
  } catch (error) {
    if (error instanceof OutOfSteps || error instanceof NotRead) return error;
    throw error;
  }
}

/** What was broken is read by its lines, to tell what is lost of it; what is broken now may be read by others. */
function readSide(file: FileChange, side: "before" | "after"): Tree | undefined {
  const { path, steps, [side]: text } = file;
  if (typeof text !== "string") return undefined;
  const documents = /\.json/i.test(path)
    ? [{ text: blankComments(text, path), firstLine: 1 }]
    : documentsIn(text);
  const trees = documents.map((each) => parsedOnce(file, each, steps));
  if (trees.includes(null)) {
    if (text.trim() === "" || TEMPLATE.test(path)) return undefined;
    if (side === "before") return looseTree(text, steps);
    throw new NotRead("broken", path);
  }
  const [first, ...more] = trees.filter((tree) => tree !== null);
  if (first === undefined || more.length === 0) return first;
  const entries = [first, ...more].flatMap((tree) => (tree.kind === "map" ? tree.entries : []));
  return { kind: "map", line: first.line, entries };
}
