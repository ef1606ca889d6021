import { hitsOthers } from "../../reading/conditions.ts";
import type { Statement } from "../../reading/statements.ts";
import { covers } from "../../reading/wildcards.ts";

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

/** Whether another statement of the same policy denies, always, all that one allows. */
export function isDenied(statement: Statement, denials: readonly Statement[]): boolean {
  return denials.some(
    (denial) =>
      denial.policy === statement.policy &&
      denial.conditions.length === 0 &&
      !denial.isAllActionsBut &&
      !denial.isAllResourcesBut &&
      (denial.isOfResource ? denial.principals.includes("*") : !statement.isOfResource) &&
      coversAll(denial.actions, statement.actions) &&
      coversAll(denial.resources, statement.resources),
  );
}

function coversAll(patterns: readonly string[], others: readonly string[]): boolean {
  return others.every((other) => patterns.some((pattern) => covers(pattern, other)));
}
