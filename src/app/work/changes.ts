import { createHash, randomUUID } from "node:crypto";
import type { ExistingCheckRun } from "../../github/reading/read-snapshot.ts";
import type { Explanation } from "../../signoff/report/explain.ts";
import type { Conclusion } from "../../signoff/verdict.ts";
import type { LetIn, Publication, PublishedCheck } from "../../store/passes.ts";
import { checksOf, type HeadCheck } from "./checks.ts";
import { deciding } from "./deciding.ts";
import type { Work } from "./head-work.ts";
import type { JudgedPull } from "./judge-head.ts";
import { passFacts } from "./pass-facts.ts";
import { PASSING_CONCLUSIONS } from "./passing.ts";

/** A check that differs from what was published, or that is to be published once more. */
export interface Change {
  readonly check: HeadCheck;
  readonly publication: Publication;
  readonly existing: ExistingCheckRun | null;
}

export interface Changes {
  /** As they should stand. */
  readonly checks: readonly HeadCheck[];
  /** Those that do not. */
  readonly changed: readonly Change[];
}

/** What is to be written of a commit's checks. */
export async function changesOf(work: Work): Promise<Changes> {
  const { store, repository, task, findings } = work;
  const published = await store.publishedChecks(repository, task.headSha);
  const known = [...published, ...(findings.checkRuns ?? [])].map(({ name }) => name);
  const checks = checksOf(work, known);
  const changed: Change[] = [];
  for (const check of checks) {
    const change = await changeOf(work, check, published.find(({ name }) => name === check.name) ?? null);
    if (change !== null) changed.push(change);
  }
  return { checks, changed };
}

/** `null` where the check stands as it should. */
async function changeOf(
  work: Work,
  check: HeadCheck,
  published: PublishedCheck | null,
): Promise<Change | null> {
  const { store, task, clock } = work;
  const publication = publicationOf(work, check);
  const existing = existingRun(work, check.name, published);
  const unchanged =
    published?.digest === publication.digest &&
    published.state === "standing" &&
    existing?.id === published.checkRunId;
  if (unchanged && !publication.passing && !task.republish) return null;
  if (unchanged && !task.republish && (await store.stillRests(publication, clock.now()))) return null;
  return { check, publication, existing };
}

function publicationOf({ repository, task, findings, moment, group }: Work, check: HeadCheck): Publication {
  const { name, conclusion, explanation, judged } = check;
  const { headSha } = task;
  const passing = PASSING_CONCLUSIONS.has(conclusion);
  const pulls = findings.judged.map(({ pull }) => pull);
  return {
    ...{ id: randomUUID(), repository, headSha, name, conclusion, passing },
    digest: digestOf(conclusion, explanation),
    facts: passing ? passFacts(repository, headSha, byWeight(judged, group?.members)) : [],
    asOf: moment.invalidations,
    into: letIn(task, judged),
    ...(passing && judged.some(isOverridden) && { overridden: true }),
    urgent: judged.some(({ snapshot }) => snapshot?.pullRequest.mergesByItself === true),
    task: { kind: "head", headSha, pulls, ...repository, ...(task.group && { group: task.group }) },
  };
}

function isOverridden({ verdict }: JudgedPull): boolean {
  return verdict.override?.status === "granted";
}

/** GitHub merges by it whichever pull request has the commit as its head. */
function letIn({ group }: Work["task"], judged: readonly JudgedPull[]): readonly LetIn[] {
  if (group) return [{ branch: group.base, content: null, above: group.baseSha }];
  const all = judged.flatMap(({ snapshot }) => {
    if (snapshot === null) return [];
    const { pullRequest, contentDigest: content = null } = snapshot;
    const { base, governedBy } = pullRequest;
    // Into the base of a stack comes what lies below as well.
    const below = governedBy.ref === base.ref ? [] : [{ branch: governedBy.ref, content: null }];
    return [{ branch: base.ref, content }, ...below];
  });
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/** Every pull request of a merge group decides. */
function byWeight(
  judged: readonly JudgedPull[],
  members: readonly number[] = [],
): Parameters<typeof passFacts>[2] {
  const decisive = deciding(judged);
  const decide = judged.filter((one) => members.includes(one.pull) || decisive.includes(one));
  return { deciding: decide, idle: judged.filter((one) => !decide.includes(one)) };
}

/** GitHub's own word about the run counts; the store's stands in where no pull request could be read. */
function existingRun(
  { findings }: Work,
  name: string,
  published: PublishedCheck | null,
): ExistingCheckRun | null {
  if (findings.checkRuns !== undefined) return findings.checkRuns.find((run) => run.name === name) ?? null;
  return published?.checkRunId == null ? null : { id: published.checkRunId, nodeId: null, externalId: null };
}

function digestOf(conclusion: Conclusion, explanation: Explanation): string {
  return createHash("sha256")
    .update(JSON.stringify([conclusion, explanation]))
    .digest("hex");
}
