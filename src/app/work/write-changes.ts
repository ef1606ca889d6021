import { createHash, randomUUID } from "node:crypto";
import { GitHubProblem, NotFound } from "../../github/client/errors.ts";
import type { ExistingCheckRun } from "../../github/reading/read-snapshot.ts";
import type { LabelsAndReviewers, NotApplied } from "../../github/writing/write.ts";
import { commentOf } from "../../signoff/report/comment.ts";
import { type Explanation, explain } from "../../signoff/report/explain.ts";
import type { Conclusion, Verdict } from "../../signoff/verdict.ts";
import type { Publication, PublishedCheck, RepositoryRef } from "../../store/store.ts";
import type { Work } from "./head-work.ts";
import type { HeadFindings, JudgedPull } from "./judge-head.ts";
import { ledgerEntries } from "./ledger-entries.ts";
import { passFacts } from "./pass-facts.ts";
import { PASSING_CONCLUSIONS } from "./passing.ts";

/** A write that takes longer never reaches GitHub: the client gives up before. */
const WRITE_MS = 60_000;

/**
 * What differs is written at once, and the check noted before anything is said of the rest. Labels and requests help
 * people; the gate stands without them, so a missing permission does not hold it up.
 *
 * False where something the verdict rests on was put in doubt while it was made: nothing was written then.
 */
export async function writeChanges(work: Work, verdict: Verdict): Promise<boolean> {
  const { github, repository, task, findings, store, clock } = work;
  const change = await checkChange(work, verdict);
  if (change !== null) {
    const now = clock.now();
    if (!(await store.intend(change.publication, now, new Date(now.getTime() + WRITE_MS)))) return false;
  }
  const { run, notApplied } = await github
    .write({
      repository,
      headSha: task.headSha,
      check: change && { ...change, existing: existingRun(findings, change.published) },
      labelsAndReviewers: findings.judged.flatMap(labelsAndReviewersOf),
    })
    .catch(async (error: unknown) => {
      // Anything else may have been done all the same.
      if (change !== null && (error instanceof GitHubProblem || error instanceof NotFound))
        await store.notPublished(change.publication);
      throw error;
    });
  if (change === null || run === null) await store.append(entriesOf(work).evidence);
  else {
    await notePublished(work, change, run);
    for (const judged of findings.judged) await comment(work, judged);
  }
  for (const one of notApplied) reportNotApplied(work, one);
  return true;
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

/** A verdict that differs from what was published, or that is to be published once more. */
interface Change {
  readonly conclusion: Conclusion;
  readonly explanation: Explanation;
  readonly publication: Publication;
  readonly published: PublishedCheck | null;
}

/** `null` where the check stands as it should. */
async function checkChange(work: Work, verdict: Verdict): Promise<Change | null> {
  const { store, repository, task, findings, group, moment } = work;
  const pulls = findings.judged.map(({ pull }) => pull);
  const { headSha } = task;
  const judged = { repository: fullName(repository), pulls, headSha, ...(group && { group }) };
  const explanation = explain(verdict, judged);
  const { conclusion } = verdict;
  const digest = digestOf(conclusion, explanation);
  const passing = PASSING_CONCLUSIONS.has(conclusion);
  const published = await store.publishedCheck(repository, headSha);
  const existing = existingRun(findings, published);
  const unchanged =
    published?.digest === digest && published.state === "standing" && existing?.id === published.checkRunId;
  if (unchanged && !passing && !task.republish) return null;
  const publication = {
    ...{ id: randomUUID(), repository, headSha, conclusion, digest, passing },
    facts: passing ? passFacts(repository, headSha, findings.judged) : [],
    asOf: moment.invalidations,
    urgent: findings.judged.some(({ snapshot }) => snapshot?.pullRequest.mergesByItself === true),
    task: { kind: "head" as const, headSha, pulls, ...repository, ...(task.group && { group: task.group }) },
  };
  if (unchanged && !task.republish && (await store.stillRests(publication))) return null;
  return { conclusion, explanation, publication, published };
}

async function notePublished(
  work: Work,
  { publication, explanation }: Change,
  run: ExistingCheckRun,
): Promise<void> {
  const { store, repository, task, findings, clock, log } = work;
  const { evidence, verdicts } = entriesOf(work);
  await store.append([...evidence, ...verdicts]);
  await store.published(publication, run, clock.now());
  const pulls = findings.judged.map(({ pull }) => pull).join(" ");
  const { conclusion } = publication;
  log.info(
    { repository: fullName(repository), pulls, headSha: task.headSha, conclusion, title: explanation.title },
    "verdict published",
  );
}

function entriesOf({ repository, task, clock, findings }: Work): ReturnType<typeof ledgerEntries> {
  const place = { repository: fullName(repository), headSha: task.headSha, at: clock.now() };
  return ledgerEntries(place, findings.judged);
}

/** GitHub's own word about the run counts; the store's stands in where no pull request could be read. */
function existingRun({ checkRun }: HeadFindings, published: PublishedCheck | null): ExistingCheckRun | null {
  if (checkRun !== undefined) return checkRun;
  return published?.checkRunId == null ? null : { id: published.checkRunId, nodeId: null, externalId: null };
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
