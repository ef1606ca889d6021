import type { Steps } from "../../../notation/steps.ts";
import type { FileChange } from "./change.ts";
import type { Tree } from "./tree.ts";
import { type DocumentText, parseYaml } from "./yaml.ts";

interface Parsed {
  readonly text: string;
  readonly tree: Tree | null;
  /** What reading it took. */
  readonly steps: number;
}

/** By the line that a document begins at, where there are few: the sides of a file, and what is left of one. */
const known = new WeakMap<FileChange, Map<number, Parsed[]>>();

/**
 * A document of one side of a file, parsed once however many ask for it: the tree has the same lines for all, and each
 * pays from its own steps what reading it took.
 * @throws {OutOfSteps}
 */
export function parsedOnce(file: FileChange, { text, firstLine }: DocumentText, steps: Steps): Tree | null {
  const ofFile = known.get(file) ?? new Map<number, Parsed[]>();
  known.set(file, ofFile);
  const there = ofFile.get(firstLine) ?? [];
  const before = there.find((each) => each.text === text);
  if (before !== undefined) {
    steps.take(before.steps);
    return before.tree;
  }
  const start = steps.taken;
  const tree = parseYaml(text, { firstLine, steps });
  ofFile.set(firstLine, [...there, { text, tree, steps: steps.taken - start }]);
  return tree;
}
