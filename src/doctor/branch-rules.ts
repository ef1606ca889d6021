import type { Branch, Facts } from "./facts.ts";
import { everywhere, judgeKnown, no, type Outcome } from "./outcome.ts";

/** It holds where it holds on every governed branch; without any, nothing is held to it. */
export function onEachBranch(facts: Facts, judge: (branch: Branch) => Outcome): Outcome {
  return judgeKnown(facts.branches, "the governed branches", (branches) =>
    branches.length === 0 ? no("no branch is governed") : everywhere(branches.map(judge)),
  );
}

/** A branch as people name it. */
export function nameOf({ name, exampleOf }: Branch): string {
  return exampleOf === null ? name : `new branches like ${exampleOf}`;
}
