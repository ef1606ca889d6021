import {
  at,
  entriesOf,
  itemsOf,
  oneOrMore,
  scalarsIn,
  type Tree,
  textOf,
} from "../../hazards/reading/tree.ts";

/** Names that GitHub keeps for machines of its own, which begin anew for each job. */
const HOSTED = /^(ubuntu|windows|macos)-(?:latest|slim|\d\d(?:\.\d\d)?|20\d\d)(-arm|-intel|-large|-xlarge)?$/;

/** The kind of machine that GitHub keeps under a name; `null` for any other. */
export function hostedKind(name: string): string | null {
  const [, system, size = ""] = HOSTED.exec(name) ?? [];
  return system === undefined ? null : `${system}${size}`;
}

/** Whether a job runs on machines of GitHub's own alone, as far as its text says where. */
export function runsHosted(job: Tree): boolean {
  const labels = oneOrMore(at(job, "runs-on"));
  const [label] = labels;
  if (labels.length !== 1 || label?.kind !== "scalar") return false;
  const [, key] = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(textOf(label)) ?? [];
  const names = key === undefined ? [textOf(label)] : valuesOf(at(job, "strategy", "matrix"), key);
  return names.length > 0 && names.every((name) => hostedKind(name) !== null);
}

/** GitHub reads names in any letters. */
function valuesOf(matrix: Tree | undefined, key: string): readonly string[] {
  // A matrix that is worked out while it runs may name any machine.
  const isKnown = entriesOf(matrix).every(({ value }) => value.kind === "list");
  if (matrix?.kind !== "map" || !isKnown) return [];
  return [matrix, ...itemsOf(at(matrix, "include"))]
    .flatMap((one) => entriesOf(one).filter((entry) => entry.key.toLowerCase() === key.toLowerCase()))
    .flatMap(({ value }) => [...scalarsIn(value)].map(textOf));
}
