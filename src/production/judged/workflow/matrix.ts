import {
  at,
  entriesOf,
  fingerprint,
  itemsOf,
  scalarsIn,
  type Tree,
  textOf,
} from "../../hazards/reading/tree.ts";
import { valuesOf } from "./alike.ts";
import { holdsAll, isNoLess } from "./growth.ts";
import { hostedKind } from "./machines.ts";

/** Keys of a matrix that are no axes. */
const BESIDE = ["include", "exclude"];

/** Whether the matrix of a strategy runs all that it ran. A key more or less would give its checks other names. */
export function onlyGrows(was: Tree | undefined, is: Tree | undefined): boolean {
  const [old, now] = [at(was, "matrix"), at(is, "matrix")];
  if (old === undefined || now === undefined) return old === now;
  const [before, after] = [valuesOf(old), valuesOf(now)];
  const include = before.get("include");
  if (old.kind !== "map" || now.kind !== "map" || (include !== undefined && include.kind !== "list"))
    return fingerprint(old) === fingerprint(now);
  return (
    before.size === after.size &&
    [...before].every(([key, value]) =>
      key === "exclude"
        ? fingerprint(value) === fingerprint(after.get(key))
        : after.has(key) && holdsAll(value, after.get(key)),
    ) &&
    areNoLess(joining(old), joining(now))
  );
}

const NUMBER = /^v?\d+(?:\.(?:\d+|x))*$/;
/** A path below a folder of tests, or of a file that is named after one. */
const OF_TESTS =
  /^(?!-)(?:[\w.-]*\w\/)*(?:(?:tests?|specs?|__tests__)\/[\w./-]*|(?:test_[\w-]+|[\w-]+[._-](?:test|spec))\.\w+)$/;

/** Whether what comes to a strategy is the paths of tests, versions, and machines of GitHub's. */
export function addsTestsAlone(was: Tree | undefined, is: Tree | undefined): boolean {
  const before = new Set(wordsIn(was));
  return wordsIn(is).every(
    (word) => before.has(word) || NUMBER.test(word) || hostedKind(word) !== null || OF_TESTS.test(word),
  );
}

function wordsIn(strategy: Tree | undefined): readonly string[] {
  return strategy === undefined ? [] : [...scalarsIn(strategy)].flatMap((text) => textOf(text).split(/\s+/));
}

function areNoLess(was: readonly Tree[], is: readonly Tree[]): boolean {
  return (
    was.length === is.length &&
    was.every((item, index) => {
      const now = is[index];
      return now !== undefined && isNoLess(item, now);
    })
  );
}

/**
 * What is included in the runs that the axes make, in its order: of two that go into the same run the later one counts.
 * What differs from all of them in an axis is a run of its own (GitHub's documentation of `jobs.<job_id>.strategy`).
 */
function joining(matrix: Tree): readonly Tree[] {
  const axes = entriesOf(matrix).filter(({ key }) => !BESIDE.includes(key));
  const byName = new Map(axes.map(({ key, value }) => [key.toLowerCase(), value]));
  const isOwnRun = (item: Tree) =>
    axes.length === 0 ||
    entriesOf(item).some(({ key, value }) => isNoneOf(byName.get(key.toLowerCase()), value));
  return itemsOf(at(matrix, "include")).filter((item) => !isOwnRun(item));
}

/** Whether a value is known to be none of an axis. */
function isNoneOf(axis: Tree | undefined, value: Tree): boolean {
  if (axis?.kind !== "list" || ![value, ...axis.items].every(isKnown)) return false;
  const text = textOf(value).toLowerCase();
  return axis.items.every((each) => textOf(each).toLowerCase() !== text);
}

function isKnown(tree: Tree): boolean {
  return tree.kind === "scalar" && !textOf(tree).includes("${{");
}

/**
 * Whether what comes to a matrix makes checks with names of their own, as far as the job's name says which: one that
 * bears another's could stand for it. Where the name says nothing of the matrix, GitHub adds all values.
 */
export function makesOwnChecks(name: string, was: Tree | undefined, is: Tree | undefined): boolean {
  if (!/\bmatrix\b/i.test(name)) return true;
  const told = new Set([...name.matchAll(/\bmatrix\.([\w.-]+)/g)].map(([, path]) => path));
  return entriesOf(at(is, "matrix")).every(({ key, value }) => {
    const before = itemsOf(at(was, "matrix", key));
    const come = itemsOf(value).filter((item) => !before.some((each) => isNoLess(each, item)));
    return come.every((item) =>
      item.kind === "map"
        ? item.entries.some((field) => {
            const path = key === "include" ? field.key : `${key}.${field.key}`;
            const axis = key === "include" ? itemsOf(at(is, "matrix", field.key)) : [];
            const others = [...axis, ...before.flatMap((each) => at(each, field.key) ?? [])];
            return told.has(path) && isOther(field.value, others);
          })
        : told.has(key) && isKnown(item),
    );
  });
}

function isOther(value: Tree, others: readonly Tree[]): boolean {
  return isKnown(value) && others.every((each) => isKnown(each) && textOf(each) !== textOf(value));
}
