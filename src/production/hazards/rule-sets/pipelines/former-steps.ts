import { at, fingerprint, type Place, placesIn, type Tree, textOf } from "../../reading/tree.ts";
import { looksLikeCheck } from "./checks.ts";

/** A step that came, where no step went that it could stand for: its condition narrows nothing. */
export const NEW = Symbol("a new step");

const STEP_WORDS = ["name", "id", "run", "script", "uses"] as const;

/** What tells a step: its name, what it runs, the action without its version. */
function wordsOf(step: Tree): readonly string[] {
  return STEP_WORDS.map((key) => textOf(at(step, key)).trim())
    .filter((text) => text !== "")
    .map((text) => text.replace(/@[\w.-]+$/, "").toLowerCase());
}

/** The steps of one job, by the path that leads to them. */
function stepsAt(tree: Tree, path: string): readonly Tree[] {
  const found = new Set<Tree>();
  for (const { path: here, within } of placesIn(tree)) {
    if (here.slice(0, -1).join(".") === path) found.add(within);
  }
  return [...found];
}

const isCheck = (step: Tree) => wordsOf(step).some((word) => word.split("\n").some(looksLikeCheck));

/**
 * The condition of the step that one of the other side stands for, known by any of its words, or by its place where a
 * check went. Of several, one with the same condition counts first.
 */
export function formerCondition(
  { key, value, path, within }: Place,
  before: Tree,
  after: Tree,
): Tree | undefined | typeof NEW {
  if (path.at(-2) !== "steps") return undefined;
  const place = path.slice(0, -1).join(".");
  const old = stepsAt(before, place);
  if (old.length === 0) return undefined;
  const own = new Set(wordsOf(within));
  const known = old.filter((step) => wordsOf(step).some((word) => own.has(word)));
  const kept = new Set(stepsAt(after, place).flatMap(wordsOf));
  const lost = old.filter((step) => isCheck(step) && !wordsOf(step).some((word) => kept.has(word)));
  const candidates = known.length > 0 ? known : lost;
  if (candidates.length === 0) return NEW;
  const same = candidates.find((step) => fingerprint(at(step, key)) === fingerprint(value));
  return at(same ?? candidates[0], key);
}
