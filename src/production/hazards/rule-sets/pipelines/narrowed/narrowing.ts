import type { HazardRule } from "../../../hazard.ts";
import type { Tree } from "../../../reading/tree.ts";

/** A condition by which less is checked than before. */
export interface Narrowed {
  readonly where: string;
  readonly key: string;
  readonly line: number;
}

export interface Sides {
  readonly before: Tree;
  readonly after: Tree;
}

export type Examples = Pick<HazardRule, "reports" | "ignores">;
