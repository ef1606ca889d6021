import type { OpenPull } from "../../github/listing/list-pulls.ts";
import type { Job, Look, RepositoryRef, Task } from "../../store/store.ts";
import type { Budgets } from "../github/budgets.ts";
import type { HeadPorts } from "../work/head-work.ts";
import { isDoubted, withdrawFirst } from "../work/withdraw-first.ts";
import { PASSING } from "../work/withdraw-pass.ts";

export interface SweepPorts extends HeadPorts {
  readonly budgets: Pick<Budgets, "mayWrite">;
}

type RepositoryTask = Extract<Task, { kind: "repository" }>;

/** What no event of the pull request tells (its rules, its people) is looked at again after this time. */
const LONGEST_UNSEEN_MS = 24 * 60 * 60_000;

/** GitHub tells whole seconds, late at times: a look this soon after a change may have missed a second one. */
const SETTLED_MS = 60_000;

/**
 * Replaces the task by one for each open head, behind whatever somebody waits for; what nobody touched for the
 * longest time goes first. Passes in doubt are withdrawn before, all of them, before any is judged again; where the
 * writes for that run out, the rest waits for its turn.
 */
export async function sweepRepository(ports: SweepPorts, task: RepositoryTask): Promise<Date | null> {
  const { store, github, budgets, clock } = ports;
  const { base, doubt, formerly, installationId, owner, repo } = task;
  const repository = { installationId, owner, repo };
  if (formerly) await store.rename(formerly, repository);
  const open = (await github.openPulls(repository)).toSorted(byAge);
  const heads = open.filter(({ baseRef }) => base === undefined || baseRef === base);
  for (const { headSha } of heads) {
    if (!(await isDoubted(ports, { repository, headSha }, doubt))) continue;
    if (!budgets.mayWrite(installationId)) return clock.now();
    await withdrawFirst(ports, { repository, headSha }, doubt);
  }
  const looks = new Map((await store.looks(repository)).map((look) => [look.pull, look]));
  const due = task.routine ? await maybeMissed(ports, { repository, heads, looks }) : heads;
  const tasks = due.map(({ number, headSha }): Task => {
    return { kind: "head", headSha, pulls: [number], ...repository, ...(doubt && { doubt }) };
  });
  await store.enqueue(tasks, "sweep", clock.now());
  // Jobs are never given up, so what is in the queue counts as looked at.
  const at = clock.now().getTime();
  for (const { number: pull, headSha, updatedAt } of due) looks.set(pull, { pull, headSha, updatedAt, at });
  await store.recordLooks(
    repository,
    open.flatMap(({ number }) => looks.get(number) ?? []),
  );
  return null;
}

interface Found {
  readonly repository: RepositoryRef;
  readonly heads: readonly OpenPull[];
  readonly looks: ReadonlyMap<number, Look>;
}

/** What changed since a sweep had it judged, what was not looked at for long, and every pass: one may be over. */
async function maybeMissed(
  { store, clock }: SweepPorts,
  { repository, heads, looks }: Found,
): Promise<readonly OpenPull[]> {
  const now = clock.now().getTime();
  const due: OpenPull[] = [];
  for (const pull of heads) {
    const look = looks.get(pull.number);
    const published = await store.publishedCheck(repository, pull.headSha);
    const same = look?.headSha === pull.headSha && look.updatedAt === pull.updatedAt;
    const settled = same && look.at - Date.parse(pull.updatedAt) >= SETTLED_MS;
    const quiet = settled && now - look.at < LONGEST_UNSEEN_MS;
    if (!quiet || (published !== null && PASSING.has(published.conclusion))) due.push(pull);
  }
  return due;
}

function byAge(one: OpenPull, other: OpenPull): number {
  return Date.parse(one.updatedAt) - Date.parse(other.updatedAt);
}

/** A doubt is not left waiting: withdrawing what it is about goes beside the direct work. */
export async function sweepInstallation(
  { store, github, clock }: SweepPorts,
  { installationId, doubt, routine }: Extract<Task, { kind: "installation" }>,
  { priority }: Job,
): Promise<null> {
  const all = await github.repositories(installationId);
  const tasks = all.map((repository): Task => {
    return { kind: "repository", ...repository, ...(doubt && { doubt }), ...(routine && { routine }) };
  });
  await store.enqueue(tasks, doubt ? priority : "sweep", clock.now());
  return null;
}
