import { createHash } from "node:crypto";
import { GitHubProblem } from "../../github/client/errors.ts";
import type { ExistingCheckRun } from "../../github/reading/read-snapshot.ts";
import type { LabelsAndReviewers, NotApplied } from "../../github/writing/write.ts";
import { commentOf } from "../../signoff/report/comment.ts";
import { type Explanation, explain } from "../../signoff/report/explain.ts";
import type { Conclusion, Verdict } from "../../signoff/verdict.ts";
import type { PublishedCheck, RepositoryRef } from "../../store/store.ts";
import type { Publication } from "../github/port.ts";
import type { Work } from "./head-work.ts";
import type { HeadFindings, JudgedPull } from "./judge-head.ts";
import { ledgerEntries } from "./ledger-entries.ts";

/**
 * What differs is written at once, and the check noted before anything is said of the rest. Labels and requests help
 * people; the gate stands without them, so a missing permission does not hold it up.
 */
export async function writeChanges(work: Work, verdict: Verdict): Promise<void> {
  const { github, repository, task, findings, store } = work;
  const change = await checkChange(work, verdict);
  const { run, notApplied } = await github.write({
    repository,
    headSha: task.headSha,
    check: change && { ...change, existing: existingRun(findings, change.published) },
    labelsAndReviewers: findings.judged.flatMap(labelsAndReviewersOf),
  });
  if (change === null || run === null) await store.append(entriesOf(work).evidence);
  else {
    await notePublished(work, change, run);
    for (const judged of findings.judged) await comment(work, judged);
  }
  for (const one of notApplied) reportNotApplied(work, one);
}

/** As a help to people; where it fails, the next change of the verdict tries again. */
async function comment(work: Work, { pull, verdict }: JudgedPull): Promise<void> {
  const { github, repository, task, log } = work;
  const judged = { repository: fullName(repository), pulls: [pull], headSha: task.headSha };
  const wanted = work.group ? null : commentOf(verdict, explain(verdict, judged));
  if (wanted === null) return;
  await github.comment({ repository, pull }, wanted).catch((error: unknown) => {
    log.warn({ repository: fullName(repository), pull, error }, "could not comment");
  });
}

/** A verdict that differs from what was published, or that is to be published anew. */
interface Change extends Publication {
  readonly digest: string;
  readonly published: PublishedCheck | null;
}

/** `null` where the check stands as it should. */
async function checkChange(work: Work, verdict: Verdict): Promise<Change | null> {
  const { store, repository, task, findings, group } = work;
  const pulls = findings.judged.map(({ pull }) => pull);
  const { headSha } = task;
  const judged = { repository: fullName(repository), pulls, headSha, ...(group && { group }) };
  const explanation = explain(verdict, judged);
  const { conclusion } = verdict;
  const digest = digestOf(conclusion, explanation);
  const published = await store.publishedCheck(repository, headSha);
  const existing = existingRun(findings, published);
  const unchanged = published?.digest === digest && existing?.id === published.checkRunId;
  return unchanged && !task.republish ? null : { conclusion, explanation, digest, published };
}

async function notePublished(work: Work, change: Change, run: ExistingCheckRun): Promise<void> {
  const { store, repository, task, findings, log } = work;
  const { conclusion, digest } = change;
  const { evidence, verdicts } = entriesOf(work);
  await store.append([...evidence, ...verdicts]);
  const signed = findings.judged.some(isSigned);
  const published = { checkRunId: run.id, conclusion, digest, signed };
  await store.recordPublishedCheck(repository, task.headSha, published);
  const pulls = findings.judged.map(({ pull }) => pull).join(" ");
  log.info(
    { repository: fullName(repository), pulls, headSha: task.headSha, conclusion },
    "verdict published",
  );
}

function isSigned({ verdict }: JudgedPull): boolean {
  return verdict.requirements.some(({ countersignatures }) => countersignatures.length > 0);
}

function entriesOf({ repository, task, clock, findings }: Work): ReturnType<typeof ledgerEntries> {
  const place = { repository: fullName(repository), headSha: task.headSha, at: clock.now() };
  return ledgerEntries(place, findings.judged);
}

/** GitHub's own word about the run counts; the store's stands in where no pull request could be read. */
function existingRun({ checkRun }: HeadFindings, published: PublishedCheck | null): ExistingCheckRun | null {
  if (checkRun !== undefined) return checkRun;
  return published && { id: published.checkRunId, nodeId: null, externalId: null };
}

function labelsAndReviewersOf({ pull, verdict, snapshot, ids }: JudgedPull): readonly LabelsAndReviewers[] {
  if (snapshot === null || ids === null) return [];
  const { labels: current, requestedReviewers } = snapshot.pullRequest;
  const reviewers = { wanted: verdict.reviewRequests, current: requestedReviewers };
  return [{ pull, ids, labels: { ...verdict.labels, current }, reviewers }];
}

/** @throws what says that GitHub could not answer: then it is tried again */
function reportNotApplied({ repository, log }: Work, { pull, labels: error, notAsked }: NotApplied): void {
  const place = { repository: fullName(repository), pull };
  for (const { reviewer, reason } of notAsked) {
    log.warn({ ...place, reviewer, reason }, "could not ask for a review");
  }
  if (error === null) return;
  if (!(error instanceof GitHubProblem)) throw error;
  log.warn({ ...place, error }, "could not set the labels");
}

function digestOf(conclusion: Conclusion, explanation: Explanation): string {
  return createHash("sha256")
    .update(JSON.stringify([conclusion, explanation]))
    .digest("hex");
}

function fullName({ owner, repo }: RepositoryRef): string {
  return `${owner}/${repo}`;
}
