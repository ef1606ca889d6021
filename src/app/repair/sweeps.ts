import type { OpenPull } from "../../github/listing/list-pulls.ts";
import type { Job, RepositoryRef, SweepRecord, Task } from "../../store/store.ts";
import type { Budgets } from "../github/budgets.ts";
import type { HeadPorts } from "../work/head-work.ts";
import { isInvalidated, withdrawFirst } from "../work/withdraw-first.ts";
import { PASSING_CONCLUSIONS } from "../work/withdraw-pass.ts";

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
  const { base, invalidation, formerly, installationId, owner, repo } = task;
  const repository = { installationId, owner, repo };
  if (formerly) await store.rename(formerly, repository);
  const open = (await github.openPulls(repository)).toSorted(byAge);
  const heads = open.filter(({ baseRef }) => base === undefined || baseRef === base);
  for (const { headSha } of heads) {
    if (!(await isInvalidated(ports, { repository, headSha }, invalidation))) continue;
    if (!budgets.mayWrite(installationId)) return clock.now();
    await withdrawFirst(ports, { repository, headSha }, invalidation);
  }
  const sweepRecords = new Map(
    (await store.sweepRecords(repository)).map((sweepRecord) => [sweepRecord.pull, sweepRecord]),
  );
  const due = task.routine ? await maybeMissed(ports, { repository, heads, sweepRecords }) : heads;
  const tasks = due.map(({ number, headSha }): Task => {
    return { kind: "head", headSha, pulls: [number], ...repository, ...(invalidation && { invalidation }) };
  });
  await store.enqueue(tasks, "sweep", clock.now());
  // Jobs are never given up, so what is in the queue counts as looked at.
  const at = clock.now().getTime();
  for (const { number: pull, headSha, updatedAt } of due)
    sweepRecords.set(pull, { pull, headSha, updatedAt, at });
  await store.recordSweeps(
    repository,
    open.flatMap(({ number }) => sweepRecords.get(number) ?? []),
  );
  return null;
}

interface Found {
  readonly repository: RepositoryRef;
  readonly heads: readonly OpenPull[];
  readonly sweepRecords: ReadonlyMap<number, SweepRecord>;
}

/** What changed since a sweep had it judged, what was not looked at for long, and every pass: one may be over. */
async function maybeMissed(
  { store, clock }: SweepPorts,
  { repository, heads, sweepRecords }: Found,
): Promise<readonly OpenPull[]> {
  const now = clock.now().getTime();
  const due: OpenPull[] = [];
  for (const pull of heads) {
    const sweepRecord = sweepRecords.get(pull.number);
    const published = await store.publishedCheck(repository, pull.headSha);
    const same = sweepRecord?.headSha === pull.headSha && sweepRecord.updatedAt === pull.updatedAt;
    const settled = same && sweepRecord.at - Date.parse(pull.updatedAt) >= SETTLED_MS;
    const quiet = settled && now - sweepRecord.at < LONGEST_UNSEEN_MS;
    if (!quiet || (published !== null && PASSING_CONCLUSIONS.has(published.conclusion))) due.push(pull);
  }
  return due;
}

function byAge(one: OpenPull, other: OpenPull): number {
  return Date.parse(one.updatedAt) - Date.parse(other.updatedAt);
}

/** A doubt is not left waiting: withdrawing what it is about goes beside the direct work. */
export async function sweepInstallation(
  { store, github, clock }: SweepPorts,
  { installationId, invalidation, routine }: Extract<Task, { kind: "installation" }>,
  { priority }: Job,
): Promise<null> {
  const all = await github.repositories(installationId);
  const tasks = all.map((repository): Task => {
    return {
      kind: "repository",
      ...repository,
      ...(invalidation && { invalidation }),
      ...(routine && { routine }),
    };
  });
  await store.enqueue(tasks, invalidation ? priority : "sweep", clock.now());
  return null;
}
