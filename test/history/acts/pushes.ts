import { ancestors } from "../../github-double/world/history.ts";
import { mergeFiles } from "../../github-double/world/merge.ts";
import { branchRef, tip } from "../../github-double/world/pushing.ts";
import { BASES, PATHS } from "../shop.ts";
import { type Act, choose, fresh, holds, leaveQueue, pulls, writers } from "./choosing.ts";

export const push: Act = (shop, { a, b, c }) => {
  const pull = choose(pulls(shop, "open"), a);
  const by = choose([shop.bot, ...writers(shop)], b);
  const path = choose(PATHS, c) ?? PATHS[0];
  if (!pull || !by) return null;
  leaveQueue(shop, pull, by);
  const changes = { [path]: fresh(shop, path) };
  shop.double.world.commit(shop.repo, pull.headRef, { author: by, by, message: "One more thing", changes });
  return `${by.login} pushes a change of ${path} to #${pull.number}`;
};

export const rewrite: Act = (shop, { a, b, c }) => {
  const { double, repo } = shop;
  const pull = choose(pulls(shop, "open"), a);
  const by = choose([shop.bot, ...writers(shop)], b);
  if (!pull || !by) return null;
  const path = choose(PATHS, c) ?? PATHS[0];
  const is = repo.objects.filesAt(pull.headSha).get(path);
  const same = c % 4 > 1 && is !== undefined;
  const text = same ? repo.objects.bytes(is.sha).toString() : fresh(shop, path);
  leaveQueue(shop, pull, by);
  const scratch = `scratch-${repo.pushes.length}`;
  double.world.branch(repo, scratch, tip(repo, pull.baseRef));
  const changes = { [path]: text };
  const commit = double.world.commit(repo, scratch, { author: by, by, message: "Rewritten", changes });
  double.world.forcePush(repo, pull.headRef, commit.sha, by);
  const what = same ? `what it changes of ${path}` : `another change of ${path}`;
  return `${by.login} force-pushes ${what} to #${pull.number}`;
};

export const goBack: Act = (shop, { a, b, c }) => {
  const { double, repo } = shop;
  const pull = choose(pulls(shop, "open"), a);
  const by = choose([shop.bot, ...writers(shop)], b);
  if (!pull || !by) return null;
  const ref = branchRef(pull.headRef);
  const earlier = repo.pushes.filter((each) => each.ref === ref && each.after !== pull.headSha);
  const to = choose(earlier, c);
  if (!to || holds(shop, pull.baseRef, to.after)) return null;
  leaveQueue(shop, pull, by);
  double.world.forcePush(repo, pull.headRef, to.after, by);
  return `${by.login} force-pushes #${pull.number} back to ${to.after.slice(0, 7)}`;
};

export const update: Act = (shop, { a, b }) => {
  const { double, repo } = shop;
  const pull = choose(pulls(shop, "open"), a);
  const by = choose(writers(shop), b);
  if (!pull || !by) return null;
  const base = tip(repo, pull.baseRef);
  if (ancestors(repo.objects, pull.headSha).has(base)) return null;
  if (mergeFiles(repo.objects, pull.headSha, base).conflict) return null;
  leaveQueue(shop, pull, by);
  const message = `Merge branch '${pull.baseRef}' into ${pull.headRef}`;
  const merge = { author: by, committer: "web", message, mergeFrom: base } as const;
  double.world.commit(repo, pull.headRef, { ...merge, by });
  return `${by.login} updates the branch of #${pull.number}`;
};

export const pushToBase: Act = (shop, { a, b }) => {
  const base = choose(BASES, a) ?? "main";
  const path = choose(PATHS, b) ?? PATHS[0];
  shop.double.world.setFile(shop.repo, base, path, fresh(shop, path), shop.root);
  return `${base} itself changes ${path}`;
};
