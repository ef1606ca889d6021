import { ancestors } from "../../github-double/world/history.ts";
import type { Account, Pull, Repository } from "../../github-double/world/model.ts";
import { atLeast, permissionIn } from "../../github-double/world/permissions.ts";
import { branchRef, tip } from "../../github-double/world/pushing.ts";
import { entryOf } from "../../github-double/world/queue.ts";
import type { Shop } from "../shop.ts";

/** Numbers by which an act chooses among what there is when it happens, so that every part of a history is one. */
export interface Choices {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Does something on GitHub, and says what; `null` where nothing of the kind can be done. */
export type Act = (shop: Shop, choices: Choices) => string | null;

export function choose<T>(among: readonly T[], choice: number): T | undefined {
  return among[choice % Math.max(1, among.length)];
}

export function writers({ people, repo }: Shop): readonly Account[] {
  return people.filter((each) => atLeast(permissionIn(repo, each), "write"));
}

export function pulls({ repo }: Shop, state: "open" | "closed"): readonly Pull[] {
  return [...repo.pulls.values()].filter((pull) => pull.state === state && pull.mergedAt === null);
}

/** A text that no other act writes. */
export function fresh({ clock }: Shop, path: string): string {
  return `${path} at ${clock.now().toISOString()}\n`;
}

/** Whether a branch holds a commit already, so that there is nothing to merge. */
export function holds(repo: Repository, branch: string, sha: string): boolean {
  return ancestors(repo.objects, tip(repo, branch)).has(sha);
}

export function hasBranch({ headRepo, headRef }: Pull): boolean {
  return headRepo.refs.has(branchRef(headRef));
}

/** Those of whom most is expected, and now and then any: what follows from something has to come about first. */
export function rather<T>(some: readonly T[], all: readonly T[], choice: number): readonly T[] {
  return some.length > 0 && choice % 3 > 0 ? some : all;
}

/** What is pushed to, closed or pointed elsewhere leaves the queue. GitHub does not document in which order. */
export function leaveQueue({ double: { world } }: Shop, pull: Pull, by: Account): void {
  if (entryOf(pull) !== null) world.dequeue(pull, by, "BRANCH_PROTECTIONS");
}
