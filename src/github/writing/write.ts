import type { RepositoryRef } from "../../store/repository.ts";
import type { GitHubClient } from "../client/client.ts";
import { GitHubProblem, isRefusal } from "../client/errors.ts";
import { type Mutation, mutate, type Outcome } from "../client/mutation.ts";
import type { Caches, ExistingCheckRun } from "../reading/read-snapshot.ts";
import { firstMutation, otherMutations, type RunPlace, writtenRun } from "./check-mutation.ts";
import { type Annotation, type CheckPlan, type CheckWrite, planned } from "./check-plan.ts";
import type { PullRef } from "./labels.ts";
import {
  finishLabelsAndReviewers,
  type LabelsAndReviewers,
  labelAndReviewerMutations,
  type NotApplied,
} from "./labels-and-reviewers.ts";
import { patch, putRun } from "./publish.ts";

export { findIssue, issueState, type NewIssue, openIssue, setIssueState } from "./issues.ts";
export { applyLabels } from "./labels.ts";
export { reviewersToAsk } from "./labels-and-reviewers.ts";
export {
  countStatuses,
  type LedgerStatus,
  setLedgerStatus,
  setStatus,
  statusText,
} from "./status.ts";
export { keepComment, say } from "./sticky-comment.ts";
export { withdraw, withdrawAll } from "./withdraw.ts";
export type { Annotation, CheckWrite, LabelsAndReviewers, NotApplied, PullRef };

/** Everything that one evaluation of a head commit writes. */
export interface Writing {
  readonly repository: RepositoryRef;
  readonly headSha: string;
  /** Those that are not up to date. */
  readonly checks: readonly CheckWrite[];
  readonly labelsAndReviewers: readonly LabelsAndReviewers[];
}

export type CheckOutcome =
  | { readonly status: "written"; readonly run: ExistingCheckRun }
  | {
      readonly status: "failed";
      readonly error: unknown;
      /** GitHub may show the verdict all the same. */
      readonly mayShow: boolean;
    };

export interface Written {
  /** Of each check, in their order. */
  readonly checks: readonly CheckOutcome[];
  /** Labels and review requests that could not be applied. They help people; the verdict does not depend on them. */
  readonly notApplied: readonly NotApplied[];
}

interface Memory {
  readonly caches: Caches;
  readonly now: Date;
}

/**
 * Writes the checks first, then labels and review requests: in one GraphQL request where possible, and by REST where
 * GraphQL lacks an id or rejects a write. Where a check fails, labels and requests wait for the next try.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound} when the request for all of it failed
 */
export async function write(client: GitHubClient, writing: Writing, memory: Memory): Promise<Written> {
  const plans = writing.checks.map(planned);
  const outcomes = await attempt(client, memory, [
    ...plans.flatMap((plan, index) => firstOf(writing, plan, aliasOf(index)) ?? []),
    ...writing.labelsAndReviewers.flatMap(labelAndReviewerMutations),
  ]);
  const checks: CheckOutcome[] = [];
  for (const [index, plan] of plans.entries())
    checks.push(await finishCheck(client, { writing, plan, outcome: outcomes.get(aliasOf(index)), memory }));
  if (checks.some(({ status }) => status === "failed")) return { checks, notApplied: [] };
  return { checks, notApplied: await finishOthers(client, writing, outcomes) };
}

async function finishOthers(
  client: GitHubClient,
  { repository, labelsAndReviewers }: Writing,
  outcomes: ReadonlyMap<string, Outcome>,
): Promise<readonly NotApplied[]> {
  const notApplied: NotApplied[] = [];
  for (const [index, change] of labelsAndReviewers.entries()) {
    const { labels, notAsked, pull } = await finishLabelsAndReviewers(client, {
      repository,
      change,
      index,
      outcomes,
    });
    if (labels !== null || notAsked.length > 0) notApplied.push({ pull, labels, notAsked });
  }
  return notApplied;
}

function aliasOf(index: number): string {
  return `check${index}`;
}

/** Without a pull request that was read, GraphQL's id of the repository is unknown. */
function placeOf({ labelsAndReviewers: [first], headSha }: Writing): RunPlace | null {
  return first === undefined ? null : { repositoryId: first.ids.repository, headSha };
}

function firstOf(writing: Writing, plan: CheckPlan, alias: string): Mutation | null {
  const place = placeOf(writing);
  return place && firstMutation(alias, place, plan);
}

/** The cache key for "this GitHub lacks the mutations". */
const WRITES = "Mutation";

async function attempt(
  client: GitHubClient,
  { caches, now }: Memory,
  mutations: readonly Mutation[],
): Promise<ReadonlyMap<string, Outcome>> {
  const known = !caches.unknownFields.has(WRITES, now);
  const outcomes =
    mutations.length > 0 && known ? await mutate(client, mutations) : new Map<string, Outcome>();
  if (outcomes !== null) return outcomes;
  caches.unknownFields.learn(WRITES, now);
  return new Map();
}

interface Begun {
  readonly writing: Writing;
  readonly plan: CheckPlan;
  /** The outcome of the first write; `undefined` if GraphQL was not used. */
  readonly outcome: Outcome | undefined;
  readonly memory: Memory;
}

async function finishCheck(client: GitHubClient, begun: Begun): Promise<CheckOutcome> {
  let run: ExistingCheckRun | null = null;
  try {
    run = await finishFirst(client, begun);
    await writeOthers(client, begun, run);
    return { status: "written", run };
  } catch (error) {
    return { status: "failed", error, mayShow: run !== null || !isRefusal(error) };
  }
}

async function finishFirst(
  client: GitHubClient,
  { writing, plan, outcome }: Begun,
): Promise<ExistingCheckRun> {
  if (outcome?.status === "failed") throw outcome.error;
  if (outcome?.status === "done") return writtenRun(outcome.answer, plan.externalId);
  return putRun(client, writing, plan);
}

/** By the way that the first write went. */
async function writeOthers(
  client: GitHubClient,
  { writing, plan, outcome, memory }: Begun,
  { id, nodeId }: ExistingCheckRun,
): Promise<void> {
  const place = placeOf(writing);
  if (outcome?.status !== "done" || place === null || nodeId === null) {
    for (const write of plan.others) await patch(client, writing.repository, { id, write });
    return;
  }
  const others = otherMutations(place, nodeId, plan.others);
  const outcomes = await attempt(client, memory, others);
  for (const { alias } of others) {
    const more = outcomes.get(alias);
    if (more?.status === "failed") throw more.error;
    if (more?.status !== "done") throw annotationsRejected();
  }
}

/** The run is marked as unfinished, so the next try replaces it. */
function annotationsRejected(): GitHubProblem {
  return new GitHubProblem({
    code: "github/rejected",
    message: "GitHub accepted the check but not all of its annotations.",
    remedy: "No action needed; Countersign will retry. If it persists, open an issue with this message.",
  });
}
