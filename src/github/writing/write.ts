import type { RepositoryRef } from "../../store/store.ts";
import type { GitHubClient } from "../client/client.ts";
import { GitHubProblem } from "../client/errors.ts";
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
import { putRun } from "./publish.ts";

export { keepComment } from "./sticky-comment.ts";
export { withdraw } from "./withdraw.ts";
export type { Annotation, CheckWrite, LabelsAndReviewers, NotApplied, PullRef };

/** Everything that one evaluation of a head commit writes. */
export interface Writing {
  readonly repository: RepositoryRef;
  readonly headSha: string;
  /** `null` if the check is up to date. */
  readonly check: CheckWrite | null;
  readonly labelsAndReviewers: readonly LabelsAndReviewers[];
}

export interface Written {
  /** `null` if no check was written. */
  readonly run: ExistingCheckRun | null;
  /** Labels and review requests that could not be applied. They help people; the verdict does not depend on them. */
  readonly notApplied: readonly NotApplied[];
}

interface Memory {
  readonly caches: Caches;
  readonly now: Date;
}

/**
 * Writes the check first, then labels and review requests: in one GraphQL request where possible, and by REST where
 * GraphQL lacks an id or rejects a write.
 * @throws {GitHubUnavailable | GitHubProblem} when the check could not be written
 */
export async function write(client: GitHubClient, writing: Writing, memory: Memory): Promise<Written> {
  const { repository, check, labelsAndReviewers } = writing;
  const plan = check && planned(check);
  const first = plan && firstOf(writing, plan);
  const outcomes = await attempt(client, memory, [
    ...(first ? [first] : []),
    ...labelsAndReviewers.flatMap(labelAndReviewerMutations),
  ]);
  const run = plan && (await finishRun(client, { writing, plan, outcome: outcomes.get(CHECK), memory }));
  const notApplied: NotApplied[] = [];
  for (const [index, one] of labelsAndReviewers.entries()) {
    const { labels, notAsked, pull } = await finishLabelsAndReviewers(client, {
      repository,
      change: one,
      index,
      outcomes,
    });
    if (labels !== null || notAsked.length > 0) notApplied.push({ pull, labels, notAsked });
  }
  return { run, notApplied };
}

const CHECK = "check";

/** Without a pull request that was read, GraphQL's id of the repository is unknown. */
function placeOf({ labelsAndReviewers: [first], headSha }: Writing): RunPlace | null {
  return first === undefined ? null : { repositoryId: first.ids.repository, headSha };
}

function firstOf(writing: Writing, plan: CheckPlan): Mutation | null {
  const place = placeOf(writing);
  return place && firstMutation(CHECK, place, plan);
}

/** The cache key for "this GitHub lacks the mutations". */
const WRITES = "Mutation";

async function attempt(
  client: GitHubClient,
  { caches, now }: Memory,
  mutations: readonly Mutation[],
): Promise<ReadonlyMap<string, Outcome>> {
  const known = caches.unknownFields.get(WRITES, now) === undefined;
  const outcomes =
    mutations.length > 0 && known ? await mutate(client, mutations) : new Map<string, Outcome>();
  if (outcomes !== null) return outcomes;
  caches.unknownFields.set(WRITES, true, now);
  return new Map();
}

interface Begun {
  readonly writing: Writing;
  readonly plan: CheckPlan;
  /** The outcome of the first write; `undefined` if GraphQL was not used. */
  readonly outcome: Outcome | undefined;
  readonly memory: Memory;
}

async function finishRun(client: GitHubClient, begun: Begun): Promise<ExistingCheckRun> {
  const { writing, plan, outcome, memory } = begun;
  const place = placeOf(writing);
  if (outcome?.status === "failed") throw outcome.error;
  if (outcome?.status !== "done" || place === null) return putRun(client, writing, plan);
  const run = writtenRun(outcome.answer, plan.externalId);
  const others = otherMutations(place, run.nodeId, plan.others);
  const outcomes = await attempt(client, memory, others);
  for (const { alias } of others) {
    const more = outcomes.get(alias);
    if (more?.status === "failed") throw more.error;
    if (more?.status !== "done") throw annotationsRejected();
  }
  return run;
}

/** The run is marked as unfinished, so the next try replaces it. */
function annotationsRejected(): GitHubProblem {
  return new GitHubProblem({
    code: "github/rejected",
    message: "GitHub accepted the check but not all of its annotations.",
    remedy: "No action needed; Countersign will retry. If it persists, open an issue with this message.",
  });
}
