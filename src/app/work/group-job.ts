import { type GroupMember, judgeGroup } from "../../signoff/conclusion.ts";
import type { HeadTask, MergeGroup } from "../../store/task.ts";
import { momentFor, type Outcome, remember } from "./head-job.ts";
import type { HeadPorts, Work } from "./head-work.ts";
import { type HeadFindings, type JudgedPull, judgePullsOnHead } from "./judge-head.ts";
import type { Hold } from "./worker.ts";
import { writeChanges } from "./write-changes.ts";

interface Assignment {
  readonly task: HeadTask;
  readonly group: MergeGroup;
  readonly hold: Hold;
}

/**
 * Judges every pull request of a merge group again, each at its own head, and gives the group's commit the strictest
 * verdict. Nothing is published before all could be read: the queue waits for the check.
 */
export async function performGroup(ports: HeadPorts, { task, group, hold }: Assignment): Promise<Outcome> {
  const { clock, github } = ports;
  const started = clock.now();
  const { installationId, repositoryId, owner, repo, headSha } = task;
  const repository = { installationId, repositoryId, owner, repo };
  const moment = momentFor(task, { known: await ports.store.moment(installationId), started });
  const queued = await github.pullsInGroup(repository, { ...group, headSha });
  const all: HeadFindings[] = [];
  for (const { pull, headSha } of queued ?? []) {
    all.push(
      await judgePullsOnHead({ repository, headSha, hints: [pull], moment, priority: "direct" }, ports),
    );
  }
  const waits = all.flatMap(({ retryAfterMs }) => (retryAfterMs === null ? [] : [retryAfterMs]));
  if (waits.length > 0) return { status: "again", at: new Date(clock.now().getTime() + Math.min(...waits)) };
  const numbers = queued?.map(({ pull }) => pull) ?? [];
  const findings = together(all, numbers);
  if (numbers.length > 0 && findings.ungoverned.length === numbers.length) return { status: "done" };
  const { verdict, of } = judgeGroup(membersOf(findings, numbers));
  const verdictOf: Work["verdictOf"] = (judged) =>
    judged.length === 0 && findings.judged.length > 0 ? null : verdict;
  const openBranches = await ports.store.branchFindings(repository);
  const work = { ...ports, task, repository, findings, moment, openBranches, verdictOf, group: { of } };
  await remember(work);
  if (!(await hold.stillMine())) return { status: "done" };
  if (!(await writeChanges(work))) return { status: "again", at: clock.now() };
  ports.evaluated(verdict.conclusion, (clock.now().getTime() - started.getTime()) / 1000);
  return { status: "done" };
}

/** Of the group's own pull requests; what else shares a head with one has no part in the group. */
function together(all: readonly HeadFindings[], numbers: readonly number[]): HeadFindings {
  const ofGroup = (pulls: readonly JudgedPull[]) =>
    numbers.flatMap((number) => pulls.find(({ pull }) => pull === number) ?? []);
  return {
    judged: ofGroup(all.flatMap((findings) => findings.judged)),
    ungoverned: ofGroup(all.flatMap((findings) => findings.ungoverned)),
    ended: [],
    merged: [],
    moved: [],
    // Nothing was read of the group's own commit.
    checkRuns: undefined,
    retryAfterMs: null,
    gone: [],
  };
}

/** `null` where one is not among what was judged: it was closed, or its head is not the one in the queue. */
function membersOf(
  { judged }: HeadFindings,
  numbers: readonly number[],
): readonly [GroupMember, ...GroupMember[]] | null {
  const [first, ...others] = judged;
  return first === undefined || judged.length < numbers.length ? null : [first, ...others];
}
