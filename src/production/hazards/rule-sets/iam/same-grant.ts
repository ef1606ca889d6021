import { Steps } from "../../../../notation/steps.ts";
import type { Statement } from "../../reading/statements.ts";

/** More than these are not compared one by one: an owner has to look. */
const MOST = 100_000;

/** What comparing the statements of one part may take. */
export const comparisons = () => new Steps(MOST);

/** Those that allowed an action to the same, on some of the same resources. */
export function formerGrants(
  { action, statement }: { readonly action: string; readonly statement: Statement },
  byAction: ReadonlyMap<string, readonly Statement[]>,
  budget: Steps,
): readonly Statement[] {
  const resources = new Set(statement.resources);
  return (byAction.get(action) ?? []).filter((each) => {
    budget.take(each.resources.length + 1);
    return meets(each.resources, resources) && isSameWhom(each, statement);
  });
}

function meets(one: readonly string[], other: ReadonlySet<string>): boolean {
  return one.length === 0 || other.size === 0 || other.has("*") || one.some((each) => other.has(each));
}

/** Statements of a policy that says nothing of whom it lets in are about whoever has it. */
function isSameWhom(one: Statement, other: Statement): boolean {
  if (one.isAllBut !== other.isAllBut) return false;
  const whom = (each: Statement) => [...each.principals, ...each.federated, ...each.services];
  const [before, after] = [whom(one), new Set(whom(other))];
  return before.length === 0 ? after.size === 0 : before.some((each) => after.has(each));
}

export function byActionOf(statements: readonly Statement[]): ReadonlyMap<string, readonly Statement[]> {
  const found = new Map<string, Statement[]>();
  for (const each of statements)
    for (const action of new Set(each.actions)) {
      const same = found.get(action);
      if (same === undefined) found.set(action, [each]);
      else same.push(each);
    }
  return found;
}
