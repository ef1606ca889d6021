import type { MergeGroup } from "../../store/task.ts";
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
import { judgeGroupOf } from "./judge-group.ts";
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
  const found = await judgeGroupOf(ports, { task, group, repository, moment });
  if (found.status === "again") {
    await doubt(ports, task, { patient: true });
    return { status: "again", at: new Date(clock.now().getTime() + found.retryAfterMs) };
  }
  if (found.status === "branch") {
    const { group: _, ...alone } = task;
    return performHead(ports, { ...assignment, task: alone });
  }
  if (found.status === "ungoverned") return { status: "done" };
  const { findings, others, members, verdict, of } = found;
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
