import type { MergedPull, OpenPull } from "../../github/listing/list-pulls.ts";
import type { SweepRecord } from "../../store/memory.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Task } from "../../store/task.ts";
import type { HeadPorts } from "../work/head-work.ts";
import { isRemembered } from "../work/merged.ts";
import { PASSING_CONCLUSIONS } from "../work/passing.ts";
import { dueLook } from "./rules.ts";

export type SweepPorts = Pick<HeadPorts, "store" | "github" | "clock">;

type RepositoryTask = Extract<Task, { kind: "repository" }>;

const DAY_MS = 24 * 60 * 60_000;

/** What no event of the pull request tells (its rules, its people) is looked at again after this time. */
const LONGEST_UNSEEN_MS = DAY_MS;

/** GitHub tells whole seconds, late at times: a look this soon after a change may have missed a second one. */
const SETTLED_MS = 60_000;

/**
 * Of a merge that nothing was heard of at all: what is older than this at the look before was listed then, or came before
 * the App. GitHub's list may be late, and the clocks differ.
 */
const LATELY_MS = 3 * DAY_MS;

/** How long before the App was there something may have been merged into a branch that nobody governs, to go on later. */
const BEFORE_MS = 30 * DAY_MS;

/**
 * Replaces the task by one for each open head, behind whatever somebody waits for; what nobody touched for the
 * longest time goes first.
 */
export async function sweepRepository(ports: SweepPorts, task: RepositoryTask): Promise<void> {
  const { store, github, clock } = ports;
  const { base, installationId, repositoryId, owner, repo } = task;
  const repository = { installationId, repositoryId, owner, repo };
  const listed = await github.listedPulls(repository);
  const open = listed.open.toSorted(byAge);
  const heads = open.filter(({ baseRef }) => base === undefined || baseRef === base);
  const before = await store.sweepRecords(repository);
  const sweepRecords = new Map((before ?? []).map((sweepRecord) => [sweepRecord.pull, sweepRecord]));
  await store.keepTimeOf(
    repository,
    open.map(({ number }) => number),
  );
  const due = task.routine ? await maybeMissed(ports, { repository, heads, sweepRecords }) : heads;
  const mayBeMissed = missedSince(before, clock.now());
  const ended = await missedMerges(ports, { repository, merged: listed.merged, sweepRecords, mayBeMissed });
  const tasks = [...due, ...ended].map(({ number, headSha }): Task => {
    return { kind: "head", headSha, pulls: [number], ...repository };
  });
  const groups = (await store.passingGroups(repository)).filter(
    ({ group }) => base === undefined || group?.base === base,
  );
  // What it finds is told in the checks: those that are written before are judged again.
  const look = await dueLook(ports, task, open);
  await store.enqueue([...look, ...groups, ...tasks, ...movesOf(task)], "sweep", clock.now());
  // Jobs are never given up, so what is in the queue counts as looked at.
  const at = clock.now().getTime();
  for (const { number: pull, headSha, updatedAt } of [...due, ...listed.merged])
    sweepRecords.set(pull, { pull, headSha, updatedAt, at });
  await store.recordSweeps(
    repository,
    [...open, ...listed.merged].flatMap(({ number }) => sweepRecords.get(number) ?? []),
  );
}

/** The moves of governed branches are looked through: what a webhook told of, and what none did. */
function movesOf({
  installationId,
  repositoryId,
  owner,
  repo,
  routine,
  rules,
}: RepositoryTask): readonly Task[] {
  if (!routine && !rules) return [];
  const all = { kind: "watch", installationId, repositoryId, owner, repo, moved: [], all: true } as const;
  return [{ ...all, ...(rules && { rules }) }];
}

/** Merged pull requests of which it is not remembered what they became: the news was lost, as far as it can be told. */
async function missedMerges(
  { store }: SweepPorts,
  { repository, merged, sweepRecords, mayBeMissed }: FoundMerged,
): Promise<readonly MergedPull[]> {
  const missed: MergedPull[] = [];
  for (const one of merged) {
    const { number: pull, headSha, updatedAt, mergedAs: sha } = one;
    if (sweepRecords.get(pull)?.updatedAt === updatedAt) continue;
    const { headSha: known } = await store.remember(repository, pull);
    const isMissed =
      known === null ? mayBeMissed(one) : !(await isRemembered(store, repository, { pull, headSha, sha }));
    if (isMissed) missed.push(one);
  }
  return missed;
}

/**
 * Whether a merge that nothing was heard of may have been missed. Of the time before the first look only what was merged
 * beside the default branch matters: it may be brought to a governed one yet.
 */
function missedSince(before: readonly SweepRecord[] | null, now: Date): FoundMerged["mayBeMissed"] {
  if (before === null) {
    const since = now.getTime() - BEFORE_MS;
    return ({ isOnDefault, mergedAt }) => !isOnDefault && Date.parse(mergedAt) >= since;
  }
  // Where nothing was there to look at, whatever was merged was merged since.
  const lastLook = Math.max(...before.map(({ at }) => at));
  return ({ mergedAt }) => Date.parse(mergedAt) >= lastLook - LATELY_MS;
}

interface FoundMerged extends Omit<Found, "heads"> {
  readonly merged: readonly MergedPull[];
  /** Whether nothing was heard of a merge that should have been heard of. */
  readonly mayBeMissed: (merged: MergedPull) => boolean;
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
    const published = await store.publishedChecks(repository, pull.headSha);
    const same = sweepRecord?.headSha === pull.headSha && sweepRecord.updatedAt === pull.updatedAt;
    const settled = same && sweepRecord.at - Date.parse(pull.updatedAt) >= SETTLED_MS;
    const quiet = settled && now - sweepRecord.at < LONGEST_UNSEEN_MS;
    if (!quiet || published.some(({ conclusion }) => PASSING_CONCLUSIONS.has(conclusion))) due.push(pull);
  }
  return due;
}

function byAge(one: OpenPull, other: OpenPull): number {
  return Date.parse(one.updatedAt) - Date.parse(other.updatedAt);
}

/** Replaces the task by one for each repository. */
export async function sweepInstallation(
  { store, github, clock }: SweepPorts,
  { installationId, routine, rules }: Extract<Task, { kind: "installation" }>,
): Promise<void> {
  const repositories = await github.repositories(installationId);
  await store.seeRepositories(repositories);
  const ids = repositories.map(({ repositoryId }) => repositoryId);
  await store.forgetProtectionIn(installationId, ids);
  await store.watchOnlyIn(installationId, ids);
  const sweep = { ...(routine && { routine }), ...(rules && { rules }) };
  const tasks = repositories.map(({ repositoryId, owner, repo }): Task => {
    return { kind: "repository", installationId, repositoryId, owner, repo, ...sweep };
  });
  await store.enqueue(tasks, "sweep", clock.now());
}
