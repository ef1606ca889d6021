import type { Account, Pull, Review } from "../../github-double/world/model.ts";
import { permissionIn } from "../../github-double/world/permissions.ts";
import { branchRef } from "../../github-double/world/pushing.ts";
import { entryOf } from "../../github-double/world/queue.ts";
import { type Act, choose, ownersIn, pulls, rather, writers } from "./choosing.ts";

const APPROVALS = ["APPROVED", "APPROVED", "APPROVED"] as const;
const STATES = [...APPROVALS, ...APPROVALS, "CHANGES_REQUESTED", "CHANGES_REQUESTED", "COMMENTED"] as const;
const SAID = { APPROVED: "approves", CHANGES_REQUESTED: "refuses", COMMENTED: "comments on" } as const;

/** Most reviews are by people who could sign, on an agent's pull request: else hardly anything would pass. */
export const review: Act = (shop, { a, b, c }) => {
  const open = pulls(shop, "open");
  const agents = open.filter(({ author }) => author === shop.bot);
  const pull = choose(rather(agents, open, a), a);
  if (!pull) return null;
  const able = shop.people.filter((each) => each !== pull.author);
  const owners = ownersIn(shop, pull.baseRef).filter((each) => able.includes(each));
  const by = choose(b % 5 === 0 ? pushersOf(pull, able) : rather(owners, able, b), b);
  const state = choose(STATES, c) ?? "APPROVED";
  if (!by || permissionIn(shop.repo, by) === "none") return null;
  const { id } = shop.double.world.review(pull, by, state);
  return `${by.login} ${SAID[state]} #${pull.number} (review ${id})`;
};

/** Their word is the one that must not count. */
function pushersOf({ headRepo, headRef }: Pull, able: readonly Account[]): readonly Account[] {
  const pushes = headRepo.pushes.filter(({ ref }) => ref === branchRef(headRef));
  const last = pushes.findLast(({ pusher }) => able.includes(pusher))?.pusher;
  return last === undefined ? able : [last];
}

export const dismiss: Act = (shop, { a, b, c }) => {
  const able = (given: Review) => given.state === "APPROVED" || given.state === "CHANGES_REQUESTED";
  const reviewed = pulls(shop, "open").filter(({ reviews }) => reviews.some(able));
  const queued = reviewed.filter((pull) => entryOf(pull) !== null);
  const pull = choose(rather(queued, reviewed, a), a);
  const by = choose(writers(shop), b);
  const reviews = pull?.reviews.filter(able) ?? [];
  const refusals = reviews.filter(({ state }) => state === "CHANGES_REQUESTED");
  const given = choose(rather(refusals, reviews, b + c), c);
  if (!pull || !by || !given) return null;
  shop.double.world.dismiss(pull, given, by, "not any more");
  return `${by.login} dismisses review ${given.id} by ${given.author.login} on #${pull.number}`;
};
