import type { ApprovalRecord } from "../snapshot.ts";
import { type Content, type Difference, difference } from "./fingerprints.ts";
import type { Part } from "./paths-by-area.ts";

/** A part of the repository, or single paths, sorted. */
export type Within = Part | readonly string[];

/** Paths by how what a merge does to them differs from what it was when it was approved, sorted. */
export type PathsByDifference = ReadonlyMap<Difference, readonly string[]>;

type DifferencesOf = (within: Within) => PathsByDifference;

interface Now {
  readonly content: Content;
  readonly partsOf: (path: string) => readonly Part[];
}

/** Tells content that was approved from the change as it is now. */
export function createCompare(now: Now): (approved: ApprovalRecord["content"]) => DifferencesOf {
  // Approvals that were given for the same content hold the same object.
  const known = new Map<ApprovalRecord["content"], DifferencesOf>();
  return (approved) => {
    const differences = known.get(approved) ?? compare(approved, now);
    known.set(approved, differences);
    return differences;
  };
}

interface Differing {
  readonly path: string;
  readonly found: Difference;
}

/** Every requirement asks about its part for every approval, so that each path is sorted into its parts only once. */
function compare(approved: ApprovalRecord["content"], { content, partsOf }: Now): DifferencesOf {
  const paths = new Set([...Object.keys(approved), ...content.keys()]);
  const differing = [...paths].toSorted().flatMap((path): readonly Differing[] => {
    const before = Object.hasOwn(approved, path) ? approved[path] : undefined;
    const found = difference(before, content.get(path));
    return found === null ? [] : [{ path, found }];
  });
  if (differing.length === 0) return () => NONE;
  const inParts = differing.flatMap((each) => partsOf(each.path).map((part) => ({ part, each })));
  const byPart = new Map(
    [...Map.groupBy(inParts, ({ part }) => part)].map(([part, own]) => [
      part,
      byDifference(own.map(({ each }) => each)),
    ]),
  );
  const byPath = new Map(differing.map((each) => [each.path, each]));
  return (within) =>
    typeof within === "object"
      ? byDifference(within.flatMap((path) => byPath.get(path) ?? []))
      : (byPart.get(within) ?? NONE);
}

const NONE: PathsByDifference = new Map();

function byDifference(differing: readonly Differing[]): PathsByDifference {
  const groups = Map.groupBy(differing, ({ found }) => found);
  return new Map([...groups].map(([found, own]) => [found, own.map(({ path }) => path)]));
}
