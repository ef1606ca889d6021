import { KIRO_LINE } from "../../gate/gate.ts";
import { mergeBase } from "../../github-double/world/history.ts";
import { tip } from "../../github-double/world/pushing.ts";
import { BASES, type Base, forkOf, PATHS } from "../shop.ts";
import { type Act, choose, fresh, hasBranch, holds, isFull, leaveQueue, pulls, writers } from "./choosing.ts";

export const open: Act = (shop, { a, b, c }) => {
  const { double, repo, bot } = shop;
  if (isFull(shop)) return null;
  const by = choose([bot, bot, bot, bot, ...writers(shop)], a);
  const base: Base = choose(BASES, b) ?? "main";
  const path = choose(PATHS, c) ?? PATHS[0];
  const head = `change-${repo.pulls.size + 1}`;
  if (!by) return null;
  double.world.branch(repo, head, tip(repo, base));
  const changes = { [path]: fresh(shop, path) };
  double.world.push(repo, head, [{ author: by, message: "Change the stock", changes }], by);
  const body = by === bot ? KIRO_LINE(shop.kira.login) : "";
  const { number } = double.world.openPull(repo, { head, base, title: "Change", body, author: by });
  return `${by.login} opens #${number} into ${base} with a change of ${path}`;
};

/** What was pushed to the fork before is told by nobody: its owner answers for it. */
export const openFromFork: Act = (shop, { a, b, c }) => {
  const { double, repo, bot, people } = shop;
  if (isFull(shop)) return null;
  const owner = choose(people, a);
  const base: Base = choose(BASES, b) ?? "main";
  const path = choose(PATHS, c) ?? PATHS[0];
  if (!owner) return null;
  const fork = forkOf(shop, owner);
  const head = `change-${repo.pulls.size + 1}`;
  const wrote = choose([bot, bot, owner], b + c) ?? bot;
  const pusher = choose([owner, owner, ...people], c) ?? owner;
  const author = choose([owner, bot], a + c) ?? owner;
  double.world.branch(fork, head, tip(repo, base));
  const changes = { [path]: fresh(shop, path) };
  double.world.push(fork, head, [{ author: wrote, message: "Change the stock", changes }], pusher);
  const body = author === bot ? KIRO_LINE(shop.kira.login) : "";
  const given = { head, base, title: "Change", body, author, headRepo: fork };
  const { number } = double.world.openPull(repo, given);
  const what = `a change of ${path} that ${wrote.login} wrote and ${pusher.login} pushed`;
  return `${author.login} opens #${number} into ${base} from ${owner.login}'s fork with ${what}`;
};

export const openTwin: Act = (shop, { a, b, c }) => {
  const { double, repo } = shop;
  const others = [...repo.pulls.values()].filter(hasBranch);
  const other = choose(others, a);
  const by = choose(writers(shop), b);
  const base: Base = choose(BASES, c) ?? "main";
  if (!other || !by || isFull(shop)) return null;
  const head = `twin-${repo.pulls.size + 1}`;
  const commit = tip(other.headRepo, other.headRef);
  if (holds(repo, base, commit)) return null;
  double.world.createBranch(repo, head, commit, by);
  const { number } = double.world.openPull(repo, { head, base, title: "Again", body: "", author: by });
  return `${by.login} opens #${number} into ${base} with the commits of #${other.number}`;
};

/** What comes of it is the same as of another pull request, and not a commit is. */
export const openCopy: Act = (shop, { a, b, c }) => {
  const { double, repo, bot } = shop;
  const other = choose([...repo.pulls.values()], a);
  const by = choose([bot, ...writers(shop), ...writers(shop)], b);
  if (!other || !by || isFull(shop)) return null;
  const base = c % 4 === 0 ? (choose(BASES, c) ?? "main") : other.baseRef;
  const from = mergeBase(repo.objects, tip(repo, other.baseRef), other.headSha);
  const [before, after] = [from, other.headSha].map((sha) =>
    sha === null ? undefined : repo.objects.filesAt(sha),
  );
  const changed = PATHS.flatMap((path) => {
    const [was, is] = [before?.get(path)?.sha, after?.get(path)?.sha];
    return is === undefined || is === was ? [] : [[path, repo.objects.bytes(is).toString()] as const];
  });
  if (changed.length === 0) return null;
  const head = `copy-${repo.pulls.size + 1}`;
  double.world.branch(repo, head, tip(repo, base));
  const commit = { author: by, message: "The same change", changes: Object.fromEntries(changed) };
  double.world.push(repo, head, [commit], by);
  const { number } = double.world.openPull(repo, { head, base, title: "Again", body: "", author: by });
  return `${by.login} opens #${number} into ${base} with the change of #${other.number} in a new commit`;
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
    if (!hasBranch(pull) || !holds(pull.headRepo, pull.headRef, pull.headSha)) return false;
    return !holds(pull.repo, pull.baseRef, tip(pull.headRepo, pull.headRef));
  });
  const pull = choose(able, a);
  if (!pull || !by || isFull(shop)) return null;
  shop.double.world.reopen(pull, by);
  return `${by.login} reopens #${pull.number}`;
};

export const retarget: Act = (shop, { a, b, c }) => {
  const pull = choose(pulls(shop, "open"), a);
  const by = choose(writers(shop), b);
  if (!pull || !by) return null;
  const others = BASES.filter((base) => {
    const isTaken = pulls(shop, "open").some(
      ({ baseRef, headRepo, headRef }) =>
        baseRef === base && headRepo === pull.headRepo && headRef === pull.headRef,
    );
    return base !== pull.baseRef && !isTaken && !holds(pull.repo, base, pull.headSha);
  });
  const base = choose(others, c);
  if (!base) return null;
  leaveQueue(shop, pull, by);
  shop.double.world.retarget(pull, base, by);
  return `${by.login} points #${pull.number} at ${base}`;
};
