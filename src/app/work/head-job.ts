import { strictest } from "../../signoff/conclusion.ts";
import type { Job, Task } from "../../store/store.ts";
import type { HeadPorts, HeadTask, Work } from "./head-work.ts";
import { judgePullsOnHead } from "./judge-head.ts";
import { withdrawPass } from "./withdraw-pass.ts";
import type { Hold } from "./worker.ts";
import { writeChanges } from "./write-changes.ts";

interface Assignment {
  readonly task: HeadTask;
  readonly job: Job;
  readonly hold: Hold;
}

/**
 * Judges a head commit for all its pull requests and publishes the strictest verdict, when it changed. Something
 * asked for this, so where it fails an earlier pass is not to be relied on.
 */
export async function performHead(ports: HeadPorts, assignment: Assignment): Promise<Date | null> {
  try {
    return await judgeHead(ports, assignment);
  } catch (error) {
    const { installationId, owner, repo, headSha } = assignment.task;
    const head = { repository: { installationId, owner, repo }, headSha };
    const reason = "Something changed, and it could not be read yet. It is tried again until it can be.";
    await withdrawPass(ports, head, reason).catch((failure: unknown) => {
      ports.log.warn({ headSha, error: failure }, "could not withdraw a pass");
    });
    throw error;
  }
}

async function judgeHead(ports: HeadPorts, { task, job, hold }: Assignment): Promise<Date | null> {
  const { store, clock } = ports;
  const started = clock.now();
  const { installationId, owner, repo, headSha, pulls } = task;
  const repository = { installationId, owner, repo };
  const findings = await judgePullsOnHead({ repository, headSha, hints: pulls }, ports);
  const work: Work = { ...ports, task, repository, findings };
  await store.enqueue(movedHeads(work), job.priority, clock.now());
  await remember(work);
  if (!(await hold.stillMine())) return null;
  const [first, ...others] = findings.judged;
  if (first) {
    const verdict = strictest([first.verdict, ...others.map((other) => other.verdict)]);
    await writeChanges(work, verdict);
    ports.evaluated(verdict.conclusion, (clock.now().getTime() - started.getTime()) / 1000);
  } else {
    await withdrawStale(work);
  }
  await noteHeads(work);
  return findings.retryAfterMs === null ? null : new Date(clock.now().getTime() + findings.retryAfterMs);
}

/** Nothing is published for a head that a pull request has left; its new one is judged instead. */
function movedHeads({ findings, repository }: Work): readonly Task[] {
  return findings.moved.map(({ pull, headSha }) => ({ kind: "head", headSha, pulls: [pull], ...repository }));
}

/** What the verdict rests on is on disk before anybody sees the verdict. */
export async function remember({
  store,
  repository,
  findings,
}: Pick<Work, "store" | "repository" | "findings">): Promise<void> {
  for (const { pull, verdict } of findings.judged) {
    await store.recordApprovals(repository, pull, verdict.toRecord.approvals);
    await store.recordEvidence(repository, pull, verdict.toRecord.evidence);
    await store.recordParticipants(repository, pull, verdict.toRecord.participants);
  }
}

/**
 * Last of all, since the head known from before is what tells a rewritten history: a job that is done again after
 * a crash must see it too.
 */
async function noteHeads({ store, repository, task, findings, clock }: Work): Promise<void> {
  const read = findings.judged.filter(({ snapshot }) => snapshot !== null).map(({ pull }) => pull);
  for (const pull of [...read, ...findings.ungoverned]) {
    await store.recordHead(repository, pull, task.headSha, clock.now());
  }
}

/**
 * A head that passed for a governed branch must not keep its pass while it is pointed elsewhere: nothing watches it
 * there, and on its way back it would pass until it is judged again.
 */
async function withdrawStale(work: Work): Promise<void> {
  if (work.findings.ungoverned.length === 0) return;
  await withdrawPass(
    work,
    { repository: work.repository, headSha: work.task.headSha },
    "No pull request of this commit is into a governed branch now. The check is made again when one is.",
  );
}
