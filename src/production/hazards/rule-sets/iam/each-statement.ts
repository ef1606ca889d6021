import type { Trait } from "../../builders.ts";
import type { ChangedPart, Notation } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import { type Statement, statementsIn } from "../../reading/statements.ts";
import type { Tree } from "../../reading/tree.ts";
import { limitsAlone } from "./limits-alone.ts";
import { isMoved } from "./moved.ts";

export const OF: readonly Notation[] = ["terraform", "cloudformation", "policy"];

/** What each statement of a part has of something, but for those that only stand elsewhere now. */
export function eachStatement(read: (statement: Statement, part: ChangedPart) => readonly Trait[]) {
  return (tree: Tree, part: ChangedPart, all: Parts): readonly Trait[] => {
    if (limitsAlone(part, part.before)) return [];
    return statementsIn(tree).flatMap((each) =>
      tree === part.after && isMoved(each, part, all) ? [] : read(each, part),
    );
  };
}
