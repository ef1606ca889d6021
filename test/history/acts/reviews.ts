import type { Review } from "../../github-double/world/model.ts";
import { permissionIn } from "../../github-double/world/permissions.ts";
import { type Act, choose, pulls, writers } from "./choosing.ts";

const APPROVALS = ["APPROVED", "APPROVED", "APPROVED"] as const;
const STATES = [...APPROVALS, ...APPROVALS, "CHANGES_REQUESTED", "COMMENTED"] as const;
const SAID = { APPROVED: "approves", CHANGES_REQUESTED: "refuses", COMMENTED: "comments on" } as const;

/** Most reviews are by people who could sign, on an agent's pull request: else hardly anything would pass. */
export const review: Act = (shop, { a, b, c }) => {
  const open = pulls(shop, "open");
  const agents = open.filter(({ author }) => author === shop.bot);
  const pull = choose(a % 4 > 0 && agents.length > 0 ? agents : open, a);
  if (!pull) return null;
  const members = shop.people.filter((each) =>
    Object.values(shop.teams).some((team) => team.members.has(each)),
  );
  const by = choose(
    (b % 5 > 0 && members.length > 0 ? members : shop.people).filter((each) => each !== pull.author),
    b,
  );
  const state = choose(STATES, c) ?? "APPROVED";
  if (!by || permissionIn(shop.repo, by) === "none") return null;
  const { id } = shop.double.world.review(pull, by, state);
  return `${by.login} ${SAID[state]} #${pull.number} (review ${id})`;
};

export const dismiss: Act = (shop, { a, b, c }) => {
  const able = (given: Review) => given.state === "APPROVED" || given.state === "CHANGES_REQUESTED";
  const pull = choose(
    pulls(shop, "open").filter(({ reviews }) => reviews.some(able)),
    a,
  );
  const by = choose(writers(shop), b);
  const given = choose(pull?.reviews.filter(able) ?? [], c);
  if (!pull || !by || !given) return null;
  shop.double.world.dismiss(pull, given, by, "not any more");
  return `${by.login} dismisses review ${given.id} by ${given.author.login} on #${pull.number}`;
};
