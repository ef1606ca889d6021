import { strictest } from "../../signoff/conclusion.ts";
import { headFact } from "../../store/fact.ts";
import type { Job, RepositoryRef, Task } from "../../store/store.ts";
import { deciding } from "./deciding.ts";
import type { HeadPorts, HeadTask, Work } from "./head-work.ts";
import { judgePullsOnHead } from "./judge-head.ts";
import { ledgerEntries } from "./ledger-entries.ts";
import { PASSING_CONCLUSIONS } from "./passing.ts";
import type { Hold } from "./worker.ts";
import { writeChanges } from "./write-changes.ts";

export interface Assignment {
  readonly task: HeadTask;
  readonly job: Job;
  readonly hold: Hold;
}

/** What became of a job. */
export type Outcome =
  | { readonly status: "done" }
  | { readonly status: "again"; readonly at: Date }
  /** The repository, or the pull requests in it, could not be found under that name. */
  | { readonly status: "gone" };

/**
 * Judges a head commit for all its pull requests and publishes the strictest verdict, when it changed. Something
 * called for this, so if it fails an earlier pass cannot be relied on.
 */
export async function performHead(ports: HeadPorts, assignment: Assignment): Promise<Outcome> {
  try {
    return await judgeHead(ports, assignment);
  } catch (error) {
    await doubt(ports, assignment.task);
    throw error;
  }
}

/** Takes the pass of a head commit back, if it has one. */
async function doubt(
  { store, clock, doubted }: Pick<HeadPorts, "store" | "clock" | "doubted">,
  head: RepositoryRef & { readonly headSha: string },
): Promise<void> {
  await store.invalidate({ facts: [headFact(head, head.headSha)] }, clock.now());
  doubted();
}

async function judgeHead(ports: HeadPorts, { task, job, hold }: Assignment): Promise<Outcome> {
  const { store, clock } = ports;
  const started = clock.now();
  const { installationId, repositoryId, owner, repo, headSha, pulls } = task;
  const repository = { installationId, repositoryId, owner, repo };
  const moment = await store.moment(installationId);
  const findings = await judgePullsOnHead({ repository, headSha, hints: pulls, moment }, ports);
  const work: Work = { ...ports, task, repository, findings, moment };
  await store.enqueue(movedHeads(work), job.priority, clock.now());
  await remember(work);
  await noteUngoverned(work);
  if (!(await hold.stillMine())) return { status: "done" };
  const [first, ...others] = deciding(findings.judged);
  if (first) {
    const verdict = strictest([first.verdict, ...others.map((other) => other.verdict)]);
    if (!(await writeChanges(work, verdict))) return { status: "again", at: clock.now() };
    if (PASSING_CONCLUSIONS.has(verdict.conclusion)) await judgeGroupsAgain(work);
    ports.evaluated(verdict.conclusion, (clock.now().getTime() - started.getTime()) / 1000);
  } else if (findings.ungoverned.length > 0) {
    // Nothing watches the head there, and on its way back it would pass until it is judged again.
    await doubt(ports, task);
  } else if (findings.gone.length > 0) {
    return { status: "gone" };
  }
  await noteHeads(work);
  if (findings.retryAfterMs === null) return { status: "done" };
  return { status: "again", at: new Date(clock.now().getTime() + findings.retryAfterMs) };
}

/** What held a merge group up may have been this pull request. */
async function judgeGroupsAgain({ store, repository, findings, clock }: Work): Promise<void> {
  const pulls = findings.judged.map(({ pull }) => pull);
  await store.enqueue(await store.blockedGroups(repository, pulls), "direct", clock.now());
}

/** Nothing is published for a head that a pull request has left; its new one is judged instead. */
function movedHeads({ findings, repository }: Work): readonly Task[] {
  return findings.moved.map(({ pull, headSha }) => ({ kind: "head", headSha, pulls: [pull], ...repository }));
}

/**
 * What the verdict rests on is on disk before anybody sees the verdict. What was seen into a branch that is not
 * governed is kept too: the pull request may be pointed at one that is, when its marks are gone.
 */
export async function remember({
  store,
  repository,
  findings,
}: Pick<Work, "store" | "repository" | "findings">): Promise<void> {
  for (const { pull, verdict } of [...findings.judged, ...findings.ungoverned]) {
    await store.record(repository, pull, verdict.toRecord);
  }
}

/** Evidence is new once: what is remembered now is not told by the verdict on a later base. */
async function noteUngoverned({ store, repository, task, findings, clock }: Work): Promise<void> {
  const place = {
    repository: `${repository.owner}/${repository.repo}`,
    headSha: task.headSha,
    at: clock.now(),
  };
  await store.append(ledgerEntries(place, findings.ungoverned).evidence);
}

/**
 * Last of all, since the head known from before is what tells a rewritten history: a job that is done again after
 * a crash must see it too.
 */
async function noteHeads({ store, repository, task, findings, clock }: Work): Promise<void> {
  const read = [...findings.judged, ...findings.ungoverned].filter(({ snapshot }) => snapshot !== null);
  for (const { pull } of read) {
    await store.recordHead(repository, pull, task.headSha, clock.now());
  }
}
