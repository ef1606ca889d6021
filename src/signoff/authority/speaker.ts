import type { Policy } from "../../policy/policy.ts";
import type { EvaluationContext } from "../signatures/evaluation-context.ts";
import type { Account } from "../snapshot.ts";
import { contributorReason } from "../wording/sentences.ts";

/** Everybody around a pull request: by all marks that were seen, and by those that count. */
export type Contexts = readonly [EvaluationContext, ...EvaluationContext[]];

/** Whether somebody's word counts at all: a person's who can write now. */
export function speaks([context]: Contexts, by: Account): boolean {
  return (
    by.type === "User" && context.machines.machine(by) === null && context.signers.mayWrite(by) === "yes"
  );
}

/**
 * Why somebody may not let this change through, whatever others say; `null` when they may. Whoever took part by any mark
 * cannot, and whoever took part in anything of it.
 */
export function overrideObstacle(contexts: Contexts, { override }: Policy, by: Account): string | null {
  const [{ signers }] = contexts;
  if (!speaks(contexts, by)) return "you have no write access to this repository";
  if (override.by.length === 0)
    return "nobody can override here, as the config names nobody under “override.by”";
  if (!signers.owns(override.by, by))
    return "you are not among those whom the config names under “override.by”";
  for (const { contributors } of contexts) {
    const contributor = contributors.find(by) ?? contributors.find({ id: null, login: by.login });
    // The clause speaks of somebody; here it is said to them.
    if (contributor !== undefined) return `@${by.login} ${contributorReason(contributor).clause}`;
  }
  return null;
}
