import { ARCHIVED, COMMIT_GONE, GitHubProblem, NotFound } from "../github/client/errors.ts";
import type { RepositoryRef, SeenRepository } from "../store/repository.ts";
import type { HeadTask, Job, MergeGroup, Task } from "../store/task.ts";
import { performFollowUp } from "./follow-up/follow-up.ts";
import { accounted } from "./github/usage.ts";
import { lookAtProtection } from "./protection/look.ts";
import { sweepInstallation, sweepRepository } from "./repair/sweeps.ts";
import type { WatchPorts } from "./watch/ports.ts";
import { watchRepository } from "./watch/watch.ts";
import { performCommand, performExpiry } from "./work/commands.ts";
import { performGroup } from "./work/group-job.ts";
import type { Outcome } from "./work/head-job.ts";
import { performWithinShare, type SharePorts } from "./work/within-share.ts";
import type { Hold, Perform } from "./work/worker.ts";

export interface PerformPorts extends SharePorts, Pick<WatchPorts, "followUp" | "attest"> {
  /** Looks for what was missed, and answers when to do it again. */
  readonly upkeep: () => Promise<Date>;
  /** Told how many requests to GitHub a job took. */
  readonly spent: (kind: Task["kind"], requests: number) => void;
}

type GitHubTask = Exclude<Task, { kind: "upkeep" }>;
type RepositoryTask = Exclude<GitHubTask, { kind: "installation" }>;

const DONE: Outcome = { status: "done" };
const GONE: Outcome = { status: "gone" };

/** With the waits between them, more than an hour: longer than GitHub takes to show a commit everywhere. */
const MOST_ATTEMPTS_WITHOUT_COMMIT = 10;

/** What each kind of task does. */
export function performer(ports: PerformPorts): Perform {
  return async (job, hold) => {
    const { task } = job;
    if (task.kind === "upkeep") return ports.upkeep();
    const usage = { installationId: task.installationId, requests: 0 };
    try {
      const outcome = await accounted(usage, () => performTask(ports, { job, task, hold }));
      if (outcome.status === "once-more") return { onceMoreAt: outcome.at };
      return outcome.status === "again" ? outcome.at : null;
    } finally {
      ports.spent(task.kind, usage.requests);
    }
  };
}

interface Assignment<T extends Task> {
  readonly job: Job;
  readonly task: T;
  readonly hold: Hold;
}

async function performTask(ports: PerformPorts, assignment: Assignment<GitHubTask>): Promise<Outcome> {
  const { task, ...rest } = assignment;
  if (task.kind !== "installation") return underItsName(ports, { ...rest, task });
  return existing(ports, { job: rest.job, task }, async () => {
    await sweepInstallation(ports, task);
    return DONE;
  });
}

/**
 * Tasks name a repository as it was called when they were asked for. It is looked up under its newest name; where it
 * is not found under that, GitHub says what it is called now. What is gone ends.
 */
async function underItsName(ports: PerformPorts, assignment: Assignment<RepositoryTask>): Promise<Outcome> {
  const { task } = assignment;
  const known = await ports.store.repository(task.repositoryId);
  const first = await performIn(ports, assignment, known ?? task);
  if (first.status !== "gone" || known === null) return first;
  const found = await ports.github.whereabouts(known);
  if (found === null || (found.owner === known.owner && found.repo === known.repo)) return DONE;
  await ports.store.seeRepositories([found]);
  return performIn(ports, assignment, found);
}

async function performIn(
  ports: PerformPorts,
  { job, task: asked, hold }: Assignment<RepositoryTask>,
  { installationId, owner, repo }: RepositoryRef | SeenRepository,
): Promise<Outcome> {
  const task = { ...asked, installationId, owner, repo };
  return existing(ports, { job, task }, async () => {
    if (task.kind === "head") {
      const group = await groupOf(ports, task);
      return group === null
        ? performWithinShare(ports, { task, job, hold })
        : performGroup(ports, { task: { ...task, group }, job, group, hold });
    }
    if (task.kind === "watch") return watchRepository(ports, task, job);
    if (task.kind === "follow-up") {
      const at = await performFollowUp(ports, task);
      return at === null ? DONE : { status: "once-more", at };
    }
    await performOther(ports, task, job);
    return DONE;
  });
}

async function performOther(
  ports: PerformPorts,
  task: Exclude<RepositoryTask, { kind: "head" | "follow-up" }>,
  job: Job,
): Promise<void> {
  switch (task.kind) {
    case "protection":
      return lookAtProtection(ports, task, job);
    case "command":
      return performCommand(ports, task);
    case "expiry":
      return performExpiry(ports, task);
    case "repository":
      return sweepRepository(ports, task);
  }
}

/** Neither a re-run nor a pull request that has the commit as its head says that it is a merge group's. */
async function groupOf({ store }: PerformPorts, task: HeadTask): Promise<MergeGroup | null> {
  return task.group ?? store.groupAt(task, task.headSha);
}

/**
 * An archived repository takes no writes and merges nothing; that it is unarchived is announced by an event. A commit
 * that stays unknown is gone. What GitHub refuses for another reason is tried again, less and less often.
 */
async function existing(
  { log }: PerformPorts,
  { job, task }: Omit<Assignment<GitHubTask>, "hold">,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotFound) {
      log.warn({ task: JSON.stringify(task), error }, "not found");
      return GONE;
    }
    if (!(error instanceof GitHubProblem)) throw error;
    const { code } = error.problem;
    if (code === COMMIT_GONE && job.attempts >= MOST_ATTEMPTS_WITHOUT_COMMIT) {
      log.warn({ task: JSON.stringify(task), error }, "the commit is gone");
      return DONE;
    }
    if (code !== ARCHIVED) throw error;
    log.info({ task: JSON.stringify(task) }, "the repository is archived: nothing is judged");
    return DONE;
  }
}
