import { mergeFiles } from "../../github-double/world/merge.ts";
import { tip } from "../../github-double/world/pushing.ts";
import { entryOf } from "../../github-double/world/queue.ts";
import { GOVERNED, type Shop } from "../shop.ts";
import { isGreen } from "../targets.ts";
import { type Act, choose, leaveQueue, pulls, rather, writers } from "./choosing.ts";

export const enqueue: Act = (shop, { a, b }) => {
  const { double, repo } = shop;
  const able = pulls(shop, "open").filter((pull) => {
    const queue = repo.queues.get(pull.baseRef) ?? [];
    const on = queue.at(-1)?.commit?.headSha ?? tip(repo, pull.baseRef);
    const governed = GOVERNED.some((base) => base === pull.baseRef);
    const waiting = queue.some(({ commit }) => commit === null);
    return (
      governed && !waiting && entryOf(pull) === null && !mergeFiles(repo.objects, on, pull.headSha).conflict
    );
  });
  const passing = able.filter(({ headSha }) => isGreen(shop, headSha));
  const pull = choose(rather(passing, able, a), a);
  const by = choose(writers(shop), b);
  if (!pull || !by) return null;
  double.world.enqueue([pull], by);
  return `${by.login} queues #${pull.number}`;
};

export const land: Act = (shop, { a }) => {
  const { double, repo, root } = shop;
  const entry = choose(
    [...repo.queues.values()].flatMap((queue) => queue.slice(0, 1)),
    a,
  );
  if (!entry?.commit) return null;
  const { status } = double.world.land(entry.commit.group, root);
  leaveMerged(shop);
  return status === 200 ? `#${entry.pull.number} is merged by the queue` : null;
};

export const dequeue: Act = (shop, { a, b }) => {
  const entry = choose([...shop.repo.queues.values()].flat(), a);
  const by = choose(writers(shop), b);
  if (!entry || !by) return null;
  shop.double.world.dequeue(entry.pull, by);
  return `${by.login} takes #${entry.pull.number} out of the queue`;
};

export const merge: Act = (shop, { a, b }) => {
  const pull = choose(
    pulls(shop, "open").filter((each) => entryOf(each) === null),
    a,
  );
  const by = choose(writers(shop), b);
  if (!pull || !by) return null;
  const { status } = shop.double.world.merge(pull, by);
  leaveMerged(shop);
  return status === 200 ? `${by.login} merges #${pull.number}` : null;
};

/** What had the same commits was merged with it. */
function leaveMerged(shop: Shop): void {
  const queued = [...shop.repo.queues.values()].flat().map(({ pull }) => pull);
  for (const pull of queued) if (pull.mergedAt !== null) leaveQueue(shop, pull, shop.root);
}
