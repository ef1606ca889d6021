import { ancestors, commitsBetween } from "../../github-double/world/history.ts";
import type { Account, Pull, Repository, Review } from "../../github-double/world/model.ts";
import { atLeast, permissionIn } from "../../github-double/world/permissions.ts";
import { branchRef, tip } from "../../github-double/world/pushing.ts";
import { entryOf } from "../../github-double/world/queue.ts";
import { GOVERNED, PATHS, type Shop } from "../shop.ts";

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

/** Those whom the rules of a branch name for some paths, and the members of the teams they name. */
export function ownersIn(shop: Shop, base: string, paths: readonly string[] = PATHS): readonly Account[] {
  const lines = (shop.double.world.fileText(shop.repo, base, "CODEOWNERS") ?? "").split("\n");
  const names = new Set(
    lines
      .filter((line) => paths.some((path) => line.startsWith(`/${path} `)))
      .map((line) => line.split("@")[1]),
  );
  const named = Object.values(shop.teams).filter(({ slug }) => names.has(`${shop.org.login}/${slug}`));
  const isMember = (each: Account) => named.some(({ members }) => members.has(each));
  return shop.people.filter((each) => names.has(each.login) || isMember(each));
}

/**
 * Somebody of whom it matters what they are called and may do: who refused, who approved or who pushed, each as often,
 * and now and then anybody.
 */
export function concerned(shop: Shop, choice: number): readonly Account[] {
  const open = pulls(shop, "open");
  const reviewed = (state: Review["state"]) =>
    open.flatMap(({ reviews }) => reviews.filter((each) => each.state === state).map(({ author }) => author));
  const [kind, of] = [
    choice % 4,
    (accounts: readonly Account[]) => shop.people.filter((each) => accounts.includes(each)),
  ];
  const kinds = [reviewed("CHANGES_REQUESTED"), reviewed("APPROVED"), open.flatMap(pushersOf)];
  const some = of(kinds[kind] ?? []);
  return some.length > 0 ? some : shop.people;
}

/** Whoever pushed to its branch. */
export function pushersOf({ headRepo, headRef }: Pull): readonly Account[] {
  return headRepo.pushes.filter(({ ref }) => ref === branchRef(headRef)).map(({ pusher }) => pusher);
}

/** Whoever pushed its commits, to whichever branch. */
export function pushersElsewhere({ repo }: Shop, { baseRef, headSha }: Pull): readonly Account[] {
  const own = new Set(commitsBetween(repo.objects, tip(repo, baseRef), headSha).map(({ sha }) => sha));
  return repo.pushes.filter(({ after }) => own.has(after)).map(({ pusher }) => pusher);
}

/** An open pull request, mostly an agent's into a governed branch: the others pass or decide nothing. */
export function openPull(shop: Shop, choice: number): Pull | undefined {
  const open = pulls(shop, "open");
  const governed = open.filter(({ baseRef }) => GOVERNED.some((base) => base === baseRef));
  const agents = governed.filter(({ author }) => author === shop.bot);
  return choose(rather(agents, rather(governed, open, choice), Math.floor(choice / 3)), choice);
}

export function pulls({ repo }: Shop, state: "open" | "closed"): readonly Pull[] {
  return [...repo.pulls.values()].filter((pull) => pull.state === state && pull.mergedAt === null);
}

const MOST_OPEN = 3;

/** As many are open as are looked after: more would cost time at each look, and have less happen to each. */
export function isFull(shop: Shop): boolean {
  return pulls(shop, "open").length >= MOST_OPEN;
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
