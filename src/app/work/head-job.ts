import { Pauses } from "../../github/client/pauses.ts";
import { changeSubject, contentSubject, headFact, pullFact } from "../../store/fact.ts";
import type { CommitSource, Seen } from "../../store/memory.ts";
import type { Invalidation, Moment } from "../../store/passes.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { HeadTask, Job, Task } from "../../store/task.ts";
import {
  afterCommands,
  answerCommands,
  answerInVain,
  hearTheOthers,
  recordWords,
  scheduleExpiry,
} from "./commands.ts";
import { strictestOf } from "./deciding.ts";
import { noteHappened } from "./happened.ts";
import type { HeadPorts, Work } from "./head-work.ts";
import { type JudgedPull, judgePullsOnHead } from "./judge-head.ts";
import { appendWithinCap } from "./ledger-cap.ts";
import { ledgerEntries } from "./ledger-entries.ts";
import { askNextInLine } from "./lines.ts";
import { rememberMerged } from "./merged.ts";
import { followMerged, noteHeld, noteOverridden } from "./overridden.ts";
import { PASSING_CONCLUSIONS } from "./passing.ts";
import { keepShown } from "./shown.ts";
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
  /** Done for now. */
  | { readonly status: "once-more"; readonly at: Date }
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

/** Takes the pass of a commit back, if it has one. */
export async function doubt(
  { store, clock, doubted }: Pick<HeadPorts, "store" | "clock" | "doubted">,
  head: RepositoryRef & { readonly headSha: string },
  how: Pick<Invalidation, "patient"> = {},
): Promise<void> {
  await store.invalidate({ facts: [headFact(head, head.headSha)], ...how }, clock.now());
  doubted();
}

async function judgeHead(ports: HeadPorts, { task, job, hold }: Assignment): Promise<Outcome> {
  const { store, clock } = ports;
  const started = clock.now();
  const { installationId, repositoryId, owner, repo, headSha, pulls } = task;
  const repository = { installationId, repositoryId, owner, repo };
  const { priority } = job;
  const moment = momentFor(task, { known: await store.moment(installationId), started });
  const findings = await judgePullsOnHead({ repository, headSha, hints: pulls, moment, priority }, ports);
  const verdictOf = strictestOf(findings.judged);
  const openBranches = await store.branchFindings(repository);
  const work: Work = { ...ports, task, repository, findings, moment, openBranches, verdictOf };
  await store.enqueue(movedHeads(work), job.priority, clock.now());
  await remember(work, await answeredFor(work));
  await noteUngoverned(work);
  await rememberMerged(work);
  await followMerged(work);
  if (!(await hold.stillMine())) return { status: "done" };
  const verdict = verdictOf(findings.judged);
  if (verdict !== null) {
    await doubtGroups(work);
    if (!(await writeChanges(work))) return { status: "again", at: clock.now() };
    await keepShown(work, verdict);
    await judgeGroupsAgain(work);
    ports.evaluated(verdict.conclusion, (clock.now().getTime() - started.getTime()) / 1000);
  } else if (findings.ungoverned.length > 0) {
    // Nothing watches the head there, and on its way back it would pass until it is judged again. A withdrawal that
    // is to be made once more asks for this job: without patience, each would bring the other about at once.
    await doubt(ports, task, { patient: true });
  } else if (findings.gone.length > 0) {
    return { status: "gone" };
  }
  await askNextInLine(work);
  await noteHeads(work);
  if (findings.retryAfterMs === null) return { status: "done" };
  return { status: "again", at: new Date(clock.now().getTime() + findings.retryAfterMs) };
}

/** Somebody who presses a re-run button has reason to: what events told of people may have been lost. */
export function momentFor(
  { republish }: HeadTask,
  { known, started }: { readonly known: Moment; readonly started: Date },
): Moment {
  return republish ? { ...known, peopleSince: Math.max(known.peopleSince, started.getTime()) } : known;
}

/** The merge groups that hold these pull requests alone: where one no longer passes, `doubtGroups` takes them back. */
async function answeredFor({ store, repository, findings }: Work): Promise<readonly string[]> {
  const judged = new Set(findings.judged.map(({ pull }) => pull));
  if (!findings.judged.some(({ verdict }) => tellsOthers(verdict))) return [];
  const groups = await store.passingGroups(repository);
  return groups
    .filter(({ pulls }) => pulls.length > 0 && pulls.every((pull) => judged.has(pull)))
    .map(({ headSha }) => headSha);
}

/** A merge group passes only as long as each of its pull requests does, for whatever reason one no longer does. */
async function doubtGroups({ store, repository, findings, clock, doubted }: Work): Promise<void> {
  const blocked = findings.judged.filter(({ verdict }) => !PASSING_CONCLUSIONS.has(verdict.conclusion));
  if (blocked.length === 0) return;
  const queued = new Set((await store.passingGroups(repository)).flatMap(({ pulls }) => pulls));
  const facts = blocked.flatMap(({ pull }) => (queued.has(pull) ? [pullFact(repository, pull)] : []));
  if (facts.length === 0) return;
  await store.invalidate({ facts }, clock.now());
  doubted();
}

/** What held a merge group up may have been one of these pull requests. */
async function judgeGroupsAgain({ store, repository, findings, clock }: Work): Promise<void> {
  const passing = findings.judged.filter(({ verdict }) => PASSING_CONCLUSIONS.has(verdict.conclusion));
  if (passing.length === 0) return;
  const pulls = passing.map(({ pull }) => pull);
  await store.enqueue(await store.blockedGroups(repository, pulls), "direct", clock.now());
}

/** Nothing is published for a head that a pull request has left; its new one is judged instead. */
function movedHeads({ findings, repository, task }: Work): readonly Task[] {
  const { askedBy } = task;
  return findings.moved.map(({ pull, headSha }) => ({
    ...{ kind: "head", headSha, pulls: [pull], ...repository },
    ...(askedBy && { askedBy }),
  }));
}

/**
 * What the verdict rests on is on disk before anybody sees the verdict. What was seen into a branch that is not
 * governed is kept too: the pull request may be pointed at one that is, when its marks are gone.
 */
export async function remember(work: Work, groups: readonly string[] = []): Promise<void> {
  const { store, repository, findings, task, moment, clock, doubted } = work;
  const { headSha } = task;
  const { invalidations: asOf } = moment;
  const all = [...findings.judged, ...findings.ungoverned, ...findings.ended];
  await noteHappened(work, all);
  await recordWords(work, all);
  const by = { headSha, groups, asOf, at: clock.now() };
  const pauses = new Pauses();
  for (const one of all) {
    const { pull, verdict, snapshot } = one;
    const { sources = [] } = verdict.toRecord;
    const seen = {
      ...{ ...verdict.toRecord, sources: [...sources, ...sameChange(headSha, snapshot)], by },
      ...(!findings.judged.includes(one) && inNobodysSight(verdict)),
    };
    await store.record(repository, pull, seen);
    await pauses.pause();
  }
  if (all.some(({ verdict }) => tellsOthers(verdict))) doubted();
  await afterCommands(work, all);
  await noteOverridden(work);
  await noteHeld(work, findings.judged);
  await scheduleExpiry(work);
  await answerCommands(work, all);
  await answerInVain(work);
  await hearTheOthers(work, all);
}

/**
 * Nobody is asked about what is not governed or over, and no check says what it does: it stands in no line, and has not
 * stood in the open. When something was first seen is remembered.
 */
function inNobodysSight({ toRecord: { clocks } }: JudgedPull["verdict"]): Pick<Seen, "lines" | "clocks"> {
  return { lines: [], ...(clocks && { clocks: clocks.map((clock) => ({ ...clock, ran: 0, since: null })) }) };
}

/** By this it reaches what the head is merged as, whatever is learnt of the same change elsewhere. */
function sameChange(headSha: string, snapshot: JudgedPull["snapshot"]): readonly CommitSource[] {
  const { contentDigest } = snapshot ?? {};
  if (contentDigest === undefined) return [];
  return [{ sha: changeSubject(headSha), source: contentSubject(contentDigest) }];
}

/** Whether other pull requests of the same commits, or of the same change, may be judged otherwise by what was seen. */
function tellsOthers({ toRecord: { commits, change } }: JudgedPull["verdict"]): boolean {
  return commits.length > 0 || change !== null;
}

/** Evidence is new once: what is remembered now is not told by the verdict on a later base. */
async function noteUngoverned(work: Work): Promise<void> {
  const { repository, task, findings, clock } = work;
  const place = { repository, headSha: task.headSha, at: clock.now() };
  await appendWithinCap(work, findings.ungoverned, (one) => ledgerEntries(place, [one]).evidence);
}

/**
 * Last of all, since the head known from before is what tells a rewritten history: a job that is done again after
 * a crash must see it too.
 */
export async function noteHeads({
  store,
  repository,
  task,
  findings,
}: Pick<Work, "store" | "repository" | "task" | "findings">): Promise<void> {
  for (const { pull, snapshot } of [...findings.judged, ...findings.ungoverned, ...findings.ended]) {
    if (snapshot === null) continue;
    const { now, recorded, pullRequest } = snapshot;
    const base = { ref: pullRequest.base.ref, changedAt: recorded.baseChangedAt };
    const moves = { headMovedAt: recorded.headMovedAt, base };
    // As of its reading: another head may have been heard of since.
    await store.recordHead(repository, pull, task.headSha, new Date(now), moves);
  }
}
