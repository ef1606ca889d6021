import { type GroupMember, judgeGroup } from "../../signoff/conclusion.ts";
import type { Moment } from "../../store/passes.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { HeadTask, MergeGroup } from "../../store/task.ts";
import { deciding } from "./deciding.ts";
import {
  doubt,
  type Assignment as HeadAssignment,
  momentFor,
  noteHeads,
  type Outcome,
  performHead,
  remember,
} from "./head-job.ts";
import type { HeadPorts, Work } from "./head-work.ts";
import { type HeadFindings, type JudgedPull, judgePullsOnHead, NOTHING_FOUND } from "./judge-head.ts";
import { writeChanges } from "./write-changes.ts";

interface Assignment extends HeadAssignment {
  readonly group: MergeGroup;
}

/**
 * Judges every pull request of a merge group again, each at its own head, and gives the group's commit the strictest
 * verdict. Nothing is published before all could be read: the queue waits for the check. If that fails, an earlier pass
 * cannot be relied on.
 */
export async function performGroup(ports: HeadPorts, assignment: Assignment): Promise<Outcome> {
  try {
    return await judgeCommit(ports, assignment);
  } catch (error) {
    await doubt(ports, assignment.task);
    throw error;
  }
}

async function judgeCommit(ports: HeadPorts, assignment: Assignment): Promise<Outcome> {
  const { task, group, hold } = assignment;
  const { clock } = ports;
  const started = clock.now();
  const { installationId, repositoryId, owner, repo } = task;
  const repository = { installationId, repositoryId, owner, repo };
  const moment = momentFor(task, { known: await ports.store.moment(installationId), started });
  const { queued, ...found } = await judgeAll(ports, { task, group, repository, moment });
  if (found.retryAfterMs !== null) {
    await doubt(ports, task, { patient: true });
    return { status: "again", at: new Date(clock.now().getTime() + found.retryAfterMs) };
  }
  const members = queued ?? [];
  const own = ofGroup(found.ofQueued, members);
  const others = { ...found.onCommit, judged: notAmong(found.onCommit.judged, members) };
  if (queued === null && isBranch(group.base, others)) {
    const { group: _, ...alone } = task;
    return performHead(ports, { ...assignment, task: alone });
  }
  const judged = [...own.judged, ...others.judged];
  if (judged.length === 0 && members.length > 0 && own.ungoverned.length === members.length)
    return { status: "done" };
  const { verdict, of } = judgeGroup(deciders(own, members, judged));
  const findings = { ...own, judged };
  const verdictOf: Work["verdictOf"] = (judged) =>
    judged.length === 0 && findings.judged.length > 0 ? null : verdict;
  const openBranches = await ports.store.branchFindings(repository);
  const work = { ...ports, task: { ...task, group }, repository, findings, moment, openBranches, verdictOf };
  const ofItsGroup = { ...work, group: { of, members } };
  await remember(ofItsGroup);
  if (!(await hold.stillMine())) return { status: "done" };
  if (!(await writeChanges(ofItsGroup))) return { status: "again", at: clock.now() };
  await noteHeads({ ...work, findings: others });
  ports.evaluated(verdict.conclusion, (clock.now().getTime() - started.getTime()) / 1000);
  return { status: "done" };
}

interface Question {
  readonly task: HeadTask;
  readonly group: MergeGroup;
  readonly repository: RepositoryRef;
  readonly moment: Moment;
}

interface Found {
  /** Numbers of the group's pull requests; `null` where the queue does not hold them all. */
  readonly queued: readonly number[] | null;
  readonly ofQueued: readonly HeadFindings[];
  /** Somebody may have opened the group's commit as the head of a pull request: one check speaks of both. */
  readonly onCommit: HeadFindings;
  readonly retryAfterMs: number | null;
}

async function judgeAll(ports: HeadPorts, question: Question): Promise<Found> {
  const { task, group, repository, moment } = question;
  const { headSha } = task;
  const queued = await ports.github.pullsInGroup(repository, { ...group, headSha });
  const judge = (at: string, hints: readonly number[]) =>
    judgePullsOnHead({ repository, headSha: at, hints, moment, priority: "direct" }, ports);
  const ofQueued: HeadFindings[] = [];
  for (const { pull, headSha } of queued ?? []) ofQueued.push(await judge(headSha, [pull]));
  const numbers = queued?.map(({ pull }) => pull) ?? null;
  const heard = await ports.store.pullsWithHead(repository, headSha);
  const named = numbers === null ? [] : task.pulls.filter((pull) => !numbers.includes(pull));
  const hints = [...new Set([...heard, ...named])];
  const onCommit = hints.length === 0 ? NOTHING_FOUND : await judge(headSha, hints);
  const waits = [...ofQueued, onCommit].flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
  return {
    queued: numbers,
    ...{ ofQueued, onCommit },
    retryAfterMs: waits.length === 0 ? null : Math.min(...waits),
  };
}

/** Of the group's own pull requests; what else shares a head with one has no part in the group. */
function ofGroup(all: readonly HeadFindings[], numbers: readonly number[]): HeadFindings {
  const own = (pulls: readonly JudgedPull[]) =>
    numbers.flatMap((number) => pulls.find(({ pull }) => pull === number) ?? []);
  return {
    ...NOTHING_FOUND,
    judged: own(all.flatMap((findings) => findings.judged)),
    ungoverned: own(all.flatMap((findings) => findings.ungoverned)),
  };
}

function notAmong(judged: readonly JudgedPull[], numbers: readonly number[]): readonly JudgedPull[] {
  return judged.filter(({ pull }) => !numbers.includes(pull));
}

/** The branch is at the group's commit: it was merged, and of that nothing was heard. */
function isBranch(base: string, { judged, ungoverned }: HeadFindings): boolean {
  return [...judged, ...ungoverned].some(
    ({ snapshot }) => snapshot?.pullRequest.fork === false && snapshot.pullRequest.head.ref === base,
  );
}

/**
 * All of the group, and of the others those that decide, as on any commit. `null` where one of the group is not among
 * what was judged: it was closed, or its head is not the one in the queue.
 */
function deciders(
  own: HeadFindings,
  members: readonly number[],
  judged: readonly JudgedPull[],
): readonly [GroupMember, ...GroupMember[]] | null {
  const isUngoverned = members.length > 0 && own.ungoverned.length === members.length;
  if (!isUngoverned && own.judged.length < members.length) return null;
  const [first, ...others] = [...own.judged, ...notAmong(deciding(judged), members)];
  return first === undefined || members.length === 0 ? null : [first, ...others];
}
