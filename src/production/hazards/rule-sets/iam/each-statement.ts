import type { Trait } from "../../builders.ts";
import type { ChangedPart, Notation } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import { grantOf, type Statement, statementsIn } from "../../reading/statements.ts";
import type { Tree } from "../../reading/tree.ts";

export const OF: readonly Notation[] = ["terraform", "cloudformation", "policy"];

/** What each statement of a part has of something, but for those that only stand elsewhere now. */
export function eachStatement(read: (statement: Statement, part: ChangedPart) => readonly Trait[]) {
  return (tree: Tree, part: ChangedPart, all: Parts): readonly Trait[] =>
    statementsIn(tree).flatMap((each) =>
      tree === part.after && isMoved(each, all) ? [] : read(each, part),
    );
}

const counted = new WeakMap<Parts, ReadonlyMap<string, number>>();

/** How many statements allow the same more than before, over all parts that change. */
function gainedGrants(all: Parts): ReadonlyMap<string, number> {
  const known = counted.get(all);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  const count = (tree: Tree | undefined, by: number) => {
    for (const each of tree === undefined ? [] : statementsIn(tree)) {
      const key = keyOf(each);
      counts.set(key, (counts.get(key) ?? 0) + by);
    }
  };
  for (const { before, after } of all.changed) {
    count(before, -1);
    count(after, 1);
  }
  counted.set(all, counts);
  return counts;
}

/** Whether it allows what another statement allowed that is gone. */
export function isMoved(statement: Statement, all: Parts): boolean {
  return (gainedGrants(all).get(keyOf(statement)) ?? 1) <= 0;
}

function keyOf(statement: Statement): string {
  return `${JSON.stringify(statement.conditions)} ${grantOf(statement)}`;
}
