import { ancestors } from "../../github-double/world/history.ts";
import { mergeFiles } from "../../github-double/world/merge.ts";
import { branchRef, tip } from "../../github-double/world/pushing.ts";
import { BASES, PATHS } from "../shop.ts";
import { type Act, choose, fresh, hasBranch, holds, leaveQueue, pulls, writers } from "./choosing.ts";

/** Most are to open pull requests; what is pushed to a closed one comes back with it. */
export const push: Act = (shop, { a, b, c }) => {
  const closed = pulls(shop, "closed").filter(hasBranch);
  const pull = choose(c % 6 > 0 ? pulls(shop, "open") : closed, a);
  const by = choose([shop.bot, ...writers(shop)], b);
  const path = choose(PATHS, c) ?? PATHS[0];
  if (!pull || !by) return null;
  leaveQueue(shop, pull, by);
  // Whoever pushes need not have written anything of it.
  const author = c % 4 > 1 ? shop.bot : by;
  const changes = { [path]: fresh(shop, path) };
  const spec = { author, by, message: "One more thing", changes };
  shop.double.world.commit(pull.headRepo, pull.headRef, spec);
  const whose = author === by ? "a change" : "the agent's change";
  return `${by.login} pushes ${whose} of ${path} to #${pull.number}`;
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
  const { headRepo, headRef } = pull;
  double.world.branch(headRepo, scratch, tip(repo, pull.baseRef));
  const changes = { [path]: text };
  const commit = double.world.commit(headRepo, scratch, { author: by, by, message: "Rewritten", changes });
  double.world.forcePush(headRepo, headRef, commit.sha, by);
  const what = same ? `what it changes of ${path}` : `another change of ${path}`;
  return `${by.login} force-pushes ${what} to #${pull.number}`;
};

export const goBack: Act = (shop, { a, b, c }) => {
  const pull = choose(pulls(shop, "open"), a);
  const by = choose([shop.bot, ...writers(shop)], b);
  if (!pull || !by) return null;
  const { headRepo } = pull;
  const ref = branchRef(pull.headRef);
  const earlier = headRepo.pushes.filter((each) => each.ref === ref && each.after !== pull.headSha);
  const to = choose(earlier, c);
  if (!to || holds(pull.repo, pull.baseRef, to.after)) return null;
  leaveQueue(shop, pull, by);
  shop.double.world.forcePush(headRepo, pull.headRef, to.after, by);
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
  double.world.commit(pull.headRepo, pull.headRef, { ...merge, by });
  return `${by.login} updates the branch of #${pull.number}`;
};

export const pushToBase: Act = (shop, { a, b }) => {
  const base = choose(BASES, a) ?? "main";
  const path = choose(PATHS, b) ?? PATHS[0];
  shop.double.world.setFile(shop.repo, base, path, fresh(shop, path), shop.root);
  return `${base} itself changes ${path}`;
};
