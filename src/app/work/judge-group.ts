import { type GroupMember, type GroupVerdict, judgeGroup } from "../../signoff/conclusion.ts";
import type { Moment } from "../../store/passes.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { HeadTask, MergeGroup } from "../../store/task.ts";
import type { GitHubPort } from "../github/port.ts";
import { deciding } from "./deciding.ts";
import {
  type HeadFindings,
  type JudgedPull,
  type JudgePorts,
  judgePullsOnHead,
  NOTHING_FOUND,
} from "./judge-head.ts";

export interface GroupPorts extends JudgePorts {
  readonly github: JudgePorts["github"] & Pick<GitHubPort, "pullsInGroup">;
}

export interface Question {
  readonly task: Pick<HeadTask, "headSha" | "pulls">;
  readonly group: MergeGroup;
  readonly repository: RepositoryRef;
  readonly moment: Moment;
}

/** What was found of a merge group; more of it than its verdict where not all could be read. */
export type JudgedGroup =
  | { readonly status: "again"; readonly retryAfterMs: number }
  /** The branch is at its commit: there is no group any more. */
  | { readonly status: "branch" }
  /** Into a branch that is not governed. */
  | { readonly status: "ungoverned" }
  | ({
      readonly status: "judged";
      /** Of the group, and of what else has its commit as its head. */
      readonly findings: HeadFindings;
      readonly others: HeadFindings;
      /** Numbers of the group's pull requests; none where they cannot all be told. */
      readonly members: readonly number[];
    } & GroupVerdict);

/** Judges every pull request of a merge group again, each at its own head, and finds the strictest verdict. */
export async function judgeGroupOf(ports: GroupPorts, question: Question): Promise<JudgedGroup> {
  const { queued, ...found } = await judgeAll(ports, question);
  if (found.retryAfterMs !== null) return { status: "again", retryAfterMs: found.retryAfterMs };
  const members = queued ?? [];
  const own = ofGroup(found.ofQueued, members);
  const others = { ...found.onCommit, judged: notAmong(found.onCommit.judged, members) };
  if (queued === null && isBranch(question.group.base, others)) return { status: "branch" };
  const judged = [...own.judged, ...others.judged];
  if (judged.length === 0 && members.length > 0 && own.ungoverned.length === members.length)
    return { status: "ungoverned" };
  const verdict = judgeGroup(deciders(own, members, judged));
  return { status: "judged", findings: { ...own, judged }, others, members, ...verdict };
}

interface Found {
  /** Numbers of the group's pull requests; `null` where the queue does not hold them all. */
  readonly queued: readonly number[] | null;
  readonly ofQueued: readonly HeadFindings[];
  /** Somebody may have opened the group's commit as the head of a pull request: one check speaks of both. */
  readonly onCommit: HeadFindings;
  readonly retryAfterMs: number | null;
}

async function judgeAll(ports: GroupPorts, question: Question): Promise<Found> {
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
