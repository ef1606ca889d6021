import type { Review } from "../../github-double/world/model.ts";
import { permissionIn } from "../../github-double/world/permissions.ts";
import { entryOf } from "../../github-double/world/queue.ts";
import { PATHS } from "../shop.ts";
import {
  type Act,
  choose,
  openPull,
  ownersIn,
  pulls,
  pushersElsewhere,
  pushersOf,
  rather,
  writers,
} from "./choosing.ts";

const APPROVALS = ["APPROVED", "APPROVED", "APPROVED"] as const;
const STATES = [...APPROVALS, ...APPROVALS, "CHANGES_REQUESTED", "CHANGES_REQUESTED", "COMMENTED"] as const;
const SAID = { APPROVED: "approves", CHANGES_REQUESTED: "refuses", COMMENTED: "comments on" } as const;

/** Most reviews are by people who could sign, on an agent's pull request: else hardly anything would pass. */
export const review: Act = (shop, { a, b, c }) => {
  const pull = openPull(shop, a);
  if (!pull) return null;
  const able = shop.people.filter((each) => each !== pull.author);
  const owners = ownersIn(shop, pull.baseRef).filter((each) => able.includes(each));
  // Their word is the one that must not count.
  const pushed = pushersOf(pull).filter((each) => able.includes(each));
  const by = choose(b % 5 === 0 ? rather(pushed, able, c) : rather(owners, able, b), b);
  const state = choose(STATES, c) ?? "APPROVED";
  if (!by || permissionIn(shop.repo, by) === "none") return null;
  const { id } = shop.double.world.review(pull, by, state);
  return `${by.login} ${SAID[state]} #${pull.number} (review ${id})`;
};

/** By somebody whose "no" counts. */
export const refuse: Act = (shop, { a, b, c }) => {
  const pull = openPull(shop, a);
  if (!pull) return null;
  const able = ownersIn(shop, pull.baseRef).filter((each) => each !== pull.author);
  const by = choose(
    rather(
      writers(shop).filter((each) => able.includes(each)),
      able,
      b,
    ),
    c,
  );
  if (!by || permissionIn(shop.repo, by) === "none") return null;
  const { id } = shop.double.world.review(pull, by, "CHANGES_REQUESTED");
  return `${by.login} refuses #${pull.number} (review ${id})`;
};

/**
 * Whatever is wanting for a pass is given, so that only what stands in its way holds it up: each path has the approval
 * of an owner who did not refuse; of one who took part, where there is one, or rather of one who did not.
 */
export const press: Act = (shop, { a, b, c }) => {
  const pull = openPull(shop, a);
  if (!pull) return null;
  const refused = pull.reviews.filter(({ state }) => state !== "APPROVED" && state !== "COMMENTED");
  const able = shop.people.filter(
    (each) => each !== pull.author && !refused.some(({ author }) => author === each),
  );
  const part = [
    ...pushersOf(pull),
    ...pushersElsewhere(shop, pull),
    ...(pull.author === shop.bot ? [shop.kira] : []),
  ];
  const signers = PATHS.flatMap((path) => {
    const owners = ownersIn(shop, pull.baseRef, [path]).filter((each) => able.includes(each));
    const wanted = owners.filter((each) => part.includes(each) === (b % 3 === 0));
    return choose(wanted.length > 0 ? wanted : owners, c) ?? [];
  });
  const each = [...new Set(signers)].filter((who) => permissionIn(shop.repo, who) !== "none");
  for (const by of each) shop.double.world.review(pull, by, "APPROVED");
  return each.length === 0 ? null : `${each.map(({ login }) => login).join(" and ")} approve #${pull.number}`;
};

export const dismiss: Act = (shop, { a, b, c }) => {
  const able = (given: Review) => given.state === "APPROVED" || given.state === "CHANGES_REQUESTED";
  const reviewed = pulls(shop, "open").filter(({ reviews }) => reviews.some(able));
  const queued = reviewed.filter((pull) => entryOf(pull) !== null);
  const chosen = openPull(shop, a);
  const pull = chosen?.reviews.some(able) ? chosen : choose(rather(queued, reviewed, a), a);
  const by = choose(writers(shop), b);
  const reviews = pull?.reviews.filter(able) ?? [];
  const refusals = reviews.filter(({ state }) => state === "CHANGES_REQUESTED");
  const given = choose(rather(refusals, reviews, b + c), c);
  if (!pull || !by || !given) return null;
  shop.double.world.dismiss(pull, given, by, "not any more");
  return `${by.login} dismisses review ${given.id} by ${given.author.login} on #${pull.number}`;
};
