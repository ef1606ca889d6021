import type { Statement } from "../../reading/statements.ts";
import { covers } from "../../reading/wildcards.ts";

/** One action on one resource. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
}

/** More are not compared one by one: then each counts as new. */
const MOST = 2_000;

/** A statement that names no resource is about the thing that it belongs to. */
export function grantsOf({ actions, resources }: Pick<Statement, "actions" | "resources">): readonly Grant[] {
  const on = resources.length === 0 ? [""] : resources;
  return actions.flatMap((action) => on.map((resource) => ({ action, resource })));
}

/** Those that none of the former ones held already. */
export function newGrants(former: readonly Grant[], now: readonly Grant[]): readonly Grant[] {
  const same = new Set(former.map(keyOf));
  const fresh = now.filter((grant) => !same.has(keyOf(grant)));
  const wide = former.filter(({ action, resource }) => /[*?]/.test(`${action}${resource}`));
  if (fresh.length * wide.length > MOST * MOST) return fresh;
  return fresh.filter(
    ({ action, resource }) =>
      !wide.some((old) => covers(old.action, action) && covers(old.resource, resource)),
  );
}

function keyOf({ action, resource }: Grant): string {
  return JSON.stringify([action, resource]);
}
