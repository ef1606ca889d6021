import { createHash } from "node:crypto";
import { GitHubProblem } from "../github/errors.ts";
import type { ExistingCheckRun } from "../github/head.ts";
import { strictest } from "../signoff/conclusion.ts";
import { type Explanation, explain } from "../signoff/explain.ts";
import type { Conclusion, Verdict } from "../signoff/verdict.ts";
import type { Job, PublishedCheck, RepositoryRef, Store, Task } from "../store/store.ts";
import type { Clock } from "./clock.ts";
import { evaluateHead, type HeadFindings, type JudgedPull } from "./evaluation.ts";
import type { GitHubPort } from "./github-port.ts";
import { ledgerEntries } from "./ledger-entries.ts";
import type { Log } from "./log.ts";
import { withdrawPass } from "./withdraw-pass.ts";
import type { Hold } from "./worker.ts";

export interface HeadPorts {
  readonly store: Store;
  readonly github: GitHubPort;
  readonly clock: Clock;
  readonly log: Log;
  readonly evaluated: (conclusion: Conclusion, seconds: number) => void;
}

export type HeadTask = Extract<Task, { kind: "head" }>;

interface Work extends HeadPorts {
  readonly task: HeadTask;
  readonly repository: RepositoryRef;
  readonly findings: HeadFindings;
}

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
  const findings = await evaluateHead({ repository, headSha, hints: pulls }, ports);
  const work: Work = { ...ports, task, repository, findings };
  await store.enqueue(movedHeads(work), job.priority, clock.now());
  await remember(work);
  if (!(await hold.stillMine())) return null;
  const [first, ...others] = findings.judged;
  if (first) {
    const verdict = strictest([first.verdict, ...others.map((other) => other.verdict)]);
    await publishChange(work, verdict);
    ports.evaluated(verdict.conclusion, (clock.now().getTime() - started.getTime()) / 1000);
  } else {
    await withdrawStale(work);
  }
  for (const judged of findings.judged) await markPull(work, judged);
  await noteHeads(work);
  return findings.retryAfterMs === null ? null : new Date(clock.now().getTime() + findings.retryAfterMs);
}

/** Nothing is published for a head that a pull request has left; its new one is judged instead. */
function movedHeads({ findings, repository }: Work): readonly Task[] {
  return findings.moved.map(({ pull, headSha }) => ({ kind: "head", headSha, pulls: [pull], ...repository }));
}

/** What the verdict rests on is on disk before anybody sees the verdict. */
async function remember({ store, repository, findings }: Work): Promise<void> {
  for (const { pull, verdict } of findings.judged) {
    await store.recordApprovals(repository, pull, verdict.toRecord.approvals);
    await store.recordEvidence(repository, pull, verdict.toRecord.evidence);
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

async function publishChange(work: Work, verdict: Verdict): Promise<void> {
  const { store, github, repository, task, findings, clock, log } = work;
  const { headSha } = task;
  const pulls = findings.judged.map(({ pull }) => pull);
  const explanation = explain(verdict, { repository: fullName(repository), pulls, headSha });
  const { conclusion } = verdict;
  const digest = digestOf(conclusion, explanation);
  const published = await store.publishedCheck(repository, headSha);
  const existing = existingRun(findings, published);
  const unchanged = published?.digest === digest && existing?.id === published.checkRunId;
  const entries = ledgerEntries(
    { repository: fullName(repository), headSha, at: clock.now() },
    findings.judged,
  );
  if (unchanged && !task.republish) return store.append(entries.evidence);
  const run = await github.publish({ repository, headSha, existing }, { conclusion, explanation });
  await store.append([...entries.evidence, ...entries.verdicts]);
  await store.recordPublishedCheck(repository, headSha, { checkRunId: run.id, conclusion, digest });
  log.info(
    { repository: fullName(repository), pulls: pulls.join(" "), headSha, conclusion },
    "verdict published",
  );
}

/** GitHub's own word about the run counts; the store's stands in where no pull request could be read. */
function existingRun({ checkRun }: HeadFindings, published: PublishedCheck | null): ExistingCheckRun | null {
  if (checkRun !== undefined) return checkRun;
  return published && { id: published.checkRunId, externalId: null };
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

/** Labels and requests help people; the gate stands without them, so a missing permission does not hold it up. */
async function markPull(
  { github, repository, log }: Work,
  { pull, verdict, snapshot }: JudgedPull,
): Promise<void> {
  if (snapshot === null) return;
  const { labels: current, requestedReviewers } = snapshot.pullRequest;
  await github.applyLabels({ repository, pull }, { ...verdict.labels, current }).catch((error: unknown) => {
    if (!(error instanceof GitHubProblem)) throw error;
    log.warn({ repository: fullName(repository), pull, error }, "could not set the labels");
  });
  const reviewers = { wanted: verdict.reviewRequests, current: requestedReviewers };
  for (const { reviewer, reason } of await github.requestReviews({ repository, pull }, reviewers)) {
    log.warn({ repository: fullName(repository), pull, reviewer, reason }, "could not ask for a review");
  }
}

function digestOf(conclusion: Conclusion, explanation: Explanation): string {
  return createHash("sha256")
    .update(JSON.stringify([conclusion, explanation]))
    .digest("hex");
}

function fullName({ owner, repo }: RepositoryRef): string {
  return `${owner}/${repo}`;
}
