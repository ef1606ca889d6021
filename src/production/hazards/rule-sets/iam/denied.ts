import { hitsOthers } from "../../reading/conditions.ts";
import type { Statement } from "../../reading/statements.ts";
import { coversAll } from "../../reading/wildcards.ts";

/** Whether one denial of the same policy takes back all that a statement allows to anyone, but for some whom it names. */
export function isTakenBack(statement: Statement, denials: readonly Statement[]): boolean {
  return denials.some((denial) => denial.policy === statement.policy && takesBack(denial, statement));
}

function takesBack(denial: Statement, { actions, resources }: Statement): boolean {
  const { principals, isAllBut, exceptions, isAllActionsBut, isAllResourcesBut, conditions } = denial;
  if (isAllActionsBut || isAllResourcesBut) return false;
  if (isAllBut ? exceptions.includes("*") : !principals.includes("*")) return false;
  if (!conditions.every(hitsOthers)) return false;
  return coversAll(denial.actions, actions) && coversAll(denial.resources, resources);
}
