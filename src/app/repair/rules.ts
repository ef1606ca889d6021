import type { OpenPull } from "../../github/listing/list-pulls.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Task } from "../../store/task.ts";
import type { HeadPorts } from "../work/head-work.ts";

type RepositoryTask = Extract<Task, { kind: "repository" }>;

/** Rules change unheard where a delivery was lost, or where they are another's. */
const LOOKED_AT_EVERY_MS = 24 * 60 * 60_000;

/**
 * The look at the rules of a repository's branches: due where they are new to the App, and where they may have changed or
 * were not looked at for a day and a pull request is open into a governed branch.
 */
export async function dueLook(
  ports: Pick<HeadPorts, "store" | "clock">,
  task: RepositoryTask,
  open: readonly OpenPull[],
): Promise<readonly Task[]> {
  const { store, clock } = ports;
  const { installationId, repositoryId, owner, repo, routine, rules } = task;
  const repository = { installationId, repositoryId, owner, repo };
  const look: Task = { kind: "protection", ...repository };
  if (!routine) return rules ? [look] : [];
  const before = await store.protection(repository);
  const isOld = before === null || clock.now().getTime() - before.at >= LOOKED_AT_EVERY_MS;
  if (!rules && !isOld) return [];
  if (await someGoverned(ports, repository, open)) return [look];
  // Nobody reads of it now; until it is looked at for somebody, what was known of the branches is not.
  if (rules && before !== null) await store.recordProtection(repository, { ...before, at: 0, branches: [] });
  return [];
}

/** Only into governed branches a pull request has a check. */
async function someGoverned(
  { store }: Pick<HeadPorts, "store">,
  repository: RepositoryRef,
  open: readonly OpenPull[],
): Promise<boolean> {
  for (const { headSha } of open)
    if ((await store.publishedChecks(repository, headSha)).length > 0) return true;
  return false;
}
