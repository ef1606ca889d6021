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

/** Whom the rules of a branch name, as teams or people. */
export function namedIn({ double, repo }: Shop, base: string): ReadonlySet<string> {
  const text = double.world.fileText(repo, base, "CODEOWNERS") ?? "";
  return new Set([...text.matchAll(/@(\S+)/g)].flatMap(([, name = ""]) => [name]));
}

/** Those people, and the members of those teams. */
export function ownersIn(shop: Shop, base: string): readonly Account[] {
  const names = namedIn(shop, base);
  const named = Object.values(shop.teams).filter(({ slug }) => names.has(`${shop.org.login}/${slug}`));
  const isMember = (each: Account) => named.some(({ members }) => members.has(each));
  return shop.people.filter((each) => names.has(each.login) || isMember(each));
}

/** Those whose word or part in an open pull request may be lost with what they are called or may do. */
export function involved(shop: Shop): readonly Account[] {
  const all = pulls(shop, "open").flatMap(({ reviews, headRepo, headRef }) => [
    ...reviews.map(({ author }) => author),
    ...headRepo.pushes.filter(({ ref }) => ref === branchRef(headRef)).map(({ pusher }) => pusher),
  ]);
  return shop.people.filter((each) => all.includes(each));
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
