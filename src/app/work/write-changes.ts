import { GitHubProblem, isRefusal } from "../../github/client/errors.ts";
import type { CheckOutcome, NotApplied, Written } from "../../github/writing/write.ts";
import { withAnchor } from "../../signoff/report/anchor.ts";
import { commentOf } from "../../signoff/report/comment.ts";
import { type Explanation, explain } from "../../signoff/report/explain.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import { type Asking, noteAsked, noteAsking } from "./asked.ts";
import { type Change, changesOf } from "./changes.ts";
import { branchesOf, type HeadCheck, patternChecksOf, rulesOf } from "./checks.ts";
import type { Work } from "./head-work.ts";
import type { JudgedPull } from "./judge-head.ts";
import { labelsAndReviewersOf } from "./labels-and-reviewers.ts";
import { appendWithinCap } from "./ledger-cap.ts";
import { ledgerEntries } from "./ledger-entries.ts";
import { detailsOf } from "./shown.ts";

/** A write that takes longer never reaches GitHub: the client gives up before. */
const WRITE_MS = 60_000;

/**
 * What differs is written at once, and the checks noted before anything is said of the rest. Labels and requests help
 * people; the gate stands without them, so a missing permission does not hold it up.
 *
 * False where something a verdict rests on was put in doubt while it was made: nothing was written then.
 */
export async function writeChanges(work: Work): Promise<boolean> {
  const { checks, changed } = await changesOf(work);
  if (!(await intendAll(work, changed))) return false;
  const { checks: outcomes, notApplied } = await write(work, changed);
  await noteOutcomes(
    work,
    checks,
    Array.from(changed, (change, index) => [change, outcomes[index]]),
  );
  if (changed.length > 0) for (const judged of work.findings.judged) await comment(work, judged);
  for (const one of notApplied) reportNotApplied(work, one);
  return true;
}

/** Of all or of none. */
async function intendAll({ store, clock }: Work, changed: readonly Change[]): Promise<boolean> {
  const now = clock.now();
  for (const [index, { publication }] of changed.entries()) {
    if (await store.intend(publication, now, new Date(now.getTime() + WRITE_MS))) continue;
    for (const earlier of changed.slice(0, index)) await store.notPublished(earlier.publication);
    return false;
  }
  return true;
}

async function write(work: Work, changed: readonly Change[]): Promise<Written> {
  const { github, repository, task, findings, store } = work;
  const anchored = await anchor(work, changed.length);
  const asking = findings.judged.flatMap(askingOf);
  await noteAsking(work, asking);
  const written = await github
    .write({
      repository,
      headSha: task.headSha,
      checks: changed.map(({ check: { name, conclusion, explanation, judged }, existing }) => {
        const told = { name, conclusion, explanation: anchored(explanation), existing };
        return { ...told, ...detailsOf(work, judged) };
      }),
      labelsAndReviewers: asking.map(({ change }) => change),
    })
    .catch(async (error: unknown) => {
      // Anything else may have been done all the same.
      if (isRefusal(error)) {
        for (const { publication } of changed) await store.notPublished(publication);
        await noteAsked(work, asking, null);
      }
      throw error;
    });
  await noteAsked(work, asking, written);
  return written;
}

/**
 * Notes the ledger's end with what is written. What differs does not depend on it: a new entry alone rewrites nothing.
 */
async function anchor(
  { store, repository }: Work,
  checks: number,
): Promise<(explanation: Explanation) => Explanation> {
  const end = checks === 0 ? null : await store.chainEnd(repository.installationId);
  return (explanation) => (end === null || end.seq === 0 ? explanation : withAnchor(explanation, end.hash));
}

type Attempt = readonly [change: Change, outcome: CheckOutcome | undefined];

/** @throws why a check could not be written, once it is noted of each what became of it */
async function noteOutcomes(
  work: Work,
  checks: readonly HeadCheck[],
  attempts: readonly Attempt[],
): Promise<void> {
  const { clock, findings, task, repository } = work;
  const place = { repository, headSha: task.headSha, at: clock.now() };
  const anyWritten = attempts.some(([, outcome]) => outcome?.status === "written");
  if (anyWritten || attempts.length === 0)
    await appendWithinCap(work, findings.judged, (one) => {
      const { evidence, verdicts } = ledgerEntries(place, [one], (pull) => patternChecksOf(checks, pull));
      return [...evidence, ...(anyWritten ? verdicts : [])];
    });
  for (const [change, outcome] of attempts) await noteOutcome(work, change, outcome);
  for (const [, outcome] of attempts) if (outcome?.status === "failed") throw outcome.error;
}

async function noteOutcome(
  { store, repository, task, clock, log }: Work,
  { publication, check }: Change,
  outcome: CheckOutcome | undefined,
): Promise<void> {
  if (outcome?.status !== "written") {
    if (outcome?.mayShow === false) await store.notPublished(publication);
    return;
  }
  await store.published(publication, outcome.run, clock.now());
  const { name, conclusion, explanation, judged } = check;
  const place = { repository: fullName(repository), headSha: task.headSha };
  const pulls = judged.map(({ pull }) => pull).join(" ");
  const signers = signersOf(judged);
  log.info(
    { ...place, check: name, pulls, conclusion, title: explanation.title, signers },
    "verdict published",
  );
}

/** As a help to people; where it fails, the next change of the verdict tries again. */
async function comment(work: Work, one: JudgedPull): Promise<void> {
  const { github, repository, task, log, site } = work;
  const { pull, verdict } = one;
  const place = { repository: fullName(repository), pulls: [pull], headSha: task.headSha };
  const judged = { site, ...place, ...rulesOf([one]), ...branchesOf(work, [one]) };
  const wanted = work.group ? null : commentOf(verdict, explain(verdict, judged));
  if (wanted === null) return;
  await github.comment({ repository, pull }, wanted).catch((error: unknown) => {
    log.warn({ repository: fullName(repository), pull, error }, "could not comment");
  });
}

/** Whose countersignatures count in any of the verdicts. */
function signersOf(judged: readonly JudgedPull[]): string {
  const logins = judged.flatMap(({ verdict }) =>
    verdict.requirements.flatMap(({ countersignatures }) => countersignatures.map(({ by }) => by.login)),
  );
  return [...new Set(logins)].join(" ");
}

function askingOf(one: JudgedPull): readonly Asking[] {
  const change = labelsAndReviewersOf(one);
  return change === null ? [] : [{ one, change }];
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

function fullName({ owner, repo }: RepositoryRef): string {
  return `${owner}/${repo}`;
}
