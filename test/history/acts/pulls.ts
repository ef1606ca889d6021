import { KIRO_LINE } from "../../gate/gate.ts";
import { tip } from "../../github-double/world/pushing.ts";
import { BASES, type Base, PATHS } from "../shop.ts";
import { type Act, choose, fresh, hasBranch, holds, leaveQueue, pulls, writers } from "./choosing.ts";

export const open: Act = (shop, { a, b, c }) => {
  const { double, repo, bot } = shop;
  if (pulls(shop, "open").length > 2) return null;
  const by = choose([bot, bot, bot, bot, ...writers(shop)], a);
  const base: Base = choose(BASES, b) ?? "main";
  const path = choose(PATHS, c) ?? PATHS[0];
  const head = `change-${repo.pulls.size + 1}`;
  if (!by) return null;
  double.world.branch(repo, head, tip(repo, base));
  const changes = { [path]: fresh(shop, path) };
  double.world.push(repo, head, [{ author: by, message: "Change the stock", changes }], by);
  const body = by === bot ? KIRO_LINE("kira") : "";
  const { number } = double.world.openPull(repo, { head, base, title: "Change", body, author: by });
  return `${by.login} opens #${number} into ${base} with a change of ${path}`;
};

export const openTwin: Act = (shop, { a, b, c }) => {
  const { double, repo } = shop;
  const others = [...repo.pulls.values()].filter((pull) => hasBranch(shop, pull));
  const other = choose(others, a);
  const by = choose(writers(shop), b);
  const base: Base = choose(BASES, c) ?? "main";
  if (!other || !by) return null;
  const head = `twin-${repo.pulls.size + 1}`;
  if (holds(shop, base, tip(repo, other.headRef))) return null;
  double.world.createBranch(repo, head, tip(repo, other.headRef), by);
  const { number } = double.world.openPull(repo, { head, base, title: "Again", body: "", author: by });
  return `${by.login} opens #${number} into ${base} with the commits of #${other.number}`;
};

export const close: Act = (shop, { a, b }) => {
  const pull = choose(pulls(shop, "open"), a);
  const by = choose(writers(shop), b);
  if (!pull || !by) return null;
  leaveQueue(shop, pull, by);
  shop.double.world.close(pull, by);
  return `${by.login} closes #${pull.number}`;
};

export const reopen: Act = (shop, { a, b }) => {
  const by = choose(writers(shop), b);
  const able = pulls(shop, "closed").filter((pull) => {
    if (!hasBranch(shop, pull) || !holds(shop, pull.headRef, pull.headSha)) return false;
    return !holds(shop, pull.baseRef, tip(shop.repo, pull.headRef));
  });
  const pull = choose(able, a);
  if (!pull || !by) return null;
  shop.double.world.reopen(pull, by);
  return `${by.login} reopens #${pull.number}`;
};

export const retarget: Act = (shop, { a, b, c }) => {
  const pull = choose(pulls(shop, "open"), a);
  const by = choose(writers(shop), b);
  if (!pull || !by) return null;
  const others = BASES.filter((base) => {
    const isTaken = pulls(shop, "open").some(
      (each) => each.baseRef === base && each.headRef === pull.headRef,
    );
    return base !== pull.baseRef && !isTaken && !holds(shop, base, pull.headSha);
  });
  const base = choose(others, c);
  if (!base) return null;
  leaveQueue(shop, pull, by);
  shop.double.world.retarget(pull, base, by);
  return `${by.login} points #${pull.number} at ${base}`;
};
