import { refusedVerdict } from "../../signoff/failed.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Asker, HeadTask } from "../../store/task.ts";
import type { Share, Shares } from "../github/shares.ts";
import { currentUsage } from "../github/usage.ts";
import { type Assignment, type Outcome, performHead } from "./head-job.ts";
import type { HeadPorts } from "./head-work.ts";
import { NOTHING_FOUND } from "./judge-head.ts";
import { writeChanges } from "./write-changes.ts";
import type { Writers } from "./writers.ts";

export interface SharePorts extends HeadPorts {
  readonly shares: Shares;
  readonly writers: Writers;
}

/**
 * Judges a head commit, or puts it off where nobody with write permission asked for it and the share of those who did
 * is used up. What nobody in particular asked for, as a sweep or a withdrawal, draws on no share.
 */
export async function performWithinShare(ports: SharePorts, assignment: Assignment): Promise<Outcome> {
  const { task } = assignment;
  const last = task.askedBy?.at(-1);
  if (last === undefined) return performHead(ports, assignment);
  const share = shareOf(task);
  const { shares } = ports;
  const { installationId } = task;
  try {
    const until = shares.until(installationId, share);
    const at = until && (await putOffUntil(ports, assignment, { share, until }));
    if (at === null) return await performHead(ports, assignment);
    await sayWhen(ports, assignment, { share, until: at });
    return { status: "again", at };
  } finally {
    shares.drew(installationId, share, { by: keyOf(task, last), requests: currentUsage()?.requests ?? 0 });
  }
}

/** A share that is used up, and when it is there again. */
interface UsedUp {
  readonly share: Share;
  readonly until: Date;
}

/** A pass that may be over is not left standing for an hour, and one that was withdrawn is judged again at once. */
async function putOffUntil(
  ports: SharePorts,
  { task, job }: Assignment,
  { share, until }: UsedUp,
): Promise<Date | null> {
  const { shares, store } = ports;
  const published = await store.publishedChecks(task, task.headSha);
  if (published.some(({ state }) => state !== "standing")) return null;
  if (await isAskedByWriter(ports, task, share)) return null;
  return job.hasPassed ? shares.passedAt(task.installationId, share, job.key) : until;
}

function shareOf({ askedBy = [], repositoryId }: HeadTask): Share {
  return askedBy.some(({ bot }) => bot) ? `bots of ${repositoryId}` : "strangers";
}

function keyOf({ repositoryId }: RepositoryRef, { account }: Asker): string {
  return `${repositoryId} ${account}`;
}

async function isAskedByWriter(ports: SharePorts, task: HeadTask, share: Share): Promise<boolean> {
  for (const asker of task.askedBy ?? []) {
    const answer = asker.bot ? false : await ports.writers.mayWrite(task, asker);
    if (answer === false) continue;
    if (answer) ports.shares.mayWrite(task.installationId, share, keyOf(task, asker));
    return true;
  }
  return false;
}

/** Said once on a commit that nothing is said of yet, where waiting blocks as well as a missing check does. */
async function sayWhen(
  ports: SharePorts,
  { task, job, hold }: Assignment,
  { share, until }: UsedUp,
): Promise<void> {
  const { installationId, repositoryId, owner, repo, headSha } = task;
  const { store, shares, log } = ports;
  const repository = { installationId, repositoryId, owner, repo };
  log.info({ repository: `${owner}/${repo}`, headSha, share, until: until.toISOString() }, "put off");
  if (job.hasPassed || (await store.publishedChecks(repository, headSha)).length > 0) return;
  if (!shares.mayNotify(installationId, share) || !(await hold.stillMine())) return;
  const moment = await store.moment(installationId);
  const verdict = waiting(share, until);
  const judged = task.pulls.map((pull) => ({ pull, verdict, snapshot: null, policy: null, ids: null }));
  const findings = { ...NOTHING_FOUND, judged };
  const unread = { findings, moment, openBranches: [] };
  await writeChanges({ ...ports, task, repository, ...unread, verdictOf: () => verdict });
}

function waiting(share: Share, until: Date) {
  const who = share === "strangers" ? "Accounts without write permission" : "Bots";
  const whose = share === "strangers" ? "this installation" : "this repository";
  return refusedVerdict({
    code: "github/share-used-up",
    message: `${who} have used up their share of what ${whose} may ask of GitHub in an hour.`,
    remedy: `No action needed: it goes on at ${until.toISOString().slice(11, 16)} UTC. Whatever somebody with write permission does on the pull request, such as a review or a re-run of this check, has it judged at once.`,
  });
}
