import type { CheckRun, Pull } from "../github-double/world/model.ts";
import { APP_ID } from "./app.ts";
import type { Model, Reading } from "./model.ts";
import { GOVERNED, type Shop } from "./shop.ts";

/** A commit that GitHub merges once it passes: the head of open pull requests, or the commit of a merge group. */
export interface Target {
  readonly sha: string;
  readonly isGroup: boolean;
  /** For people. */
  readonly what: string;
  readonly pulls: readonly Pull[];
}

/** Whether all of its pull requests may pass. */
export function mayPass(model: Model, { pulls }: Target, reading: Reading): boolean {
  return pulls.every((pull) => model.passes(pull, reading));
}

/** All of them into governed branches. */
export function targets(shop: Shop): readonly Target[] {
  const open = [...shop.repo.pulls.values()].filter(
    ({ state, baseRef }) => state === "open" && GOVERNED.some((base) => base === baseRef),
  );
  const target = (sha: string, kind: string, pulls: readonly Pull[]): Target => ({
    sha,
    isGroup: kind !== "",
    what: `${kind}${pulls.map(({ number }) => `#${number}`).join(" and ")} at ${sha.slice(0, 7)}`,
    pulls,
  });
  const heads = Map.groupBy(open, ({ headSha }) => headSha);
  return [
    ...[...heads].map(([sha, pulls]) => target(sha, "", pulls)),
    ...groups(shop).map(({ sha, pulls }) => target(sha, "the group of ", pulls)),
  ];
}

function groups({ repo }: Shop): readonly { readonly sha: string; readonly pulls: readonly Pull[] }[] {
  return [...repo.queues.values()].flatMap((queue) =>
    [...Map.groupBy(queue, ({ commit }) => commit?.group)].flatMap(([group, entries]) =>
      group === undefined ? [] : [{ sha: group.headSha, pulls: entries.map(({ pull }) => pull) }],
    ),
  );
}

/** What GitHub shows of the app's check on a commit. */
export function checkOn({ repo }: Shop, sha: string): CheckRun | undefined {
  return repo.runs.findLast(
    ({ suite, name }) => suite.appId === APP_ID && suite.sha === sha && name === "countersign",
  );
}

export function isGreen(shop: Shop, sha: string): boolean {
  return ["success", "neutral"].includes(checkOn(shop, sha)?.conclusion ?? "");
}
