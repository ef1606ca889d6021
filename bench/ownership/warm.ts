import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createOwnership, type PathOwnership, WHOLE_TREE_LIMITS } from "../../src/ownership/ownership.ts";
import { parseCodeowners } from "../../src/ownership/parse.ts";
import type { Tree } from "./trees.ts";

/** Nanoseconds a file. */
export interface Warm {
  readonly ours: number;
  /** One look-up in a map that holds the answer for every path. */
  readonly map: number;
}

const PASSES = 40;

/** Both warm, over paths that are new strings in every pass, as they come from git or GitHub. */
export function measureWarm({ folder }: Tree): Warm {
  const bytes = readFileSync(join(folder, "files.txt"));
  const paths = (): readonly string[] => bytes.toString("utf8").trim().split("\n");
  const codeowners = parseCodeowners(readFileSync(join(folder, "CODEOWNERS"), "utf8"));
  const ownership = createOwnership(codeowners, WHOLE_TREE_LIMITS);
  const map = new Map(paths().map((path): [string, PathOwnership] => [path, ownership.of(path)]));
  return {
    ours: best(paths, (path) => ownership.of(path).kind === "owned"),
    map: best(paths, (path) => map.get(path)?.kind === "owned"),
  };
}

function best(paths: () => readonly string[], isOwned: (path: string) => boolean): number {
  let shortest = Number.POSITIVE_INFINITY;
  let owned = 0;
  for (let pass = 0; pass < PASSES; pass += 1) {
    const asked = paths();
    const start = performance.now();
    for (const path of asked) if (isOwned(path)) owned += 1;
    shortest = Math.min(shortest, ((performance.now() - start) / asked.length) * 1e6);
  }
  if (owned === 0) throw new Error("nobody owns anything");
  return shortest;
}
