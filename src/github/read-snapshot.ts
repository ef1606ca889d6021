import type { Problem } from "../policy/problem.ts";
import type { ChangedFile, Snapshot } from "../signoff/snapshot.ts";
import type { PullRequestMemory, RepositoryRef } from "../store/store.ts";
import { type Caches, dropPull, pullKey } from "./caches.ts";
import type { GitHubClient } from "./client.ts";
import { GitHubProblem, GitHubUnavailable, Inconsistent, NotFound } from "./errors.ts";
import { type Evaluation, readEvaluation } from "./evaluation.ts";
import { readFiles } from "./files.ts";
import { type ExistingCheckRun, existingCheckRun, pullsOnHead } from "./head.ts";
import { type PullFacts, readPull } from "./pull.ts";
import { contradictions } from "./pull-request-facts.ts";
import { snapshotOf } from "./snapshot-of.ts";

export interface SnapshotRequest {
  readonly repository: RepositoryRef;
  readonly pull: number;
  /** The commit a verdict is wanted for. */
  readonly headSha: string;
  readonly memory: PullRequestMemory;
  readonly caches: Caches;
  readonly now: Date;
  /** The App's own id; `null` where no App is at work, which then finds no check run and no pusher. */
  readonly appId: number | null;
}

export type ReadResult =
  | {
      readonly status: "complete";
      readonly snapshot: Snapshot;
      readonly checkRun: ExistingCheckRun | null;
      readonly pullsOnHead: readonly number[];
    }
  /** Evidence is missing and a person must do something: to be published as a failure. */
  | {
      readonly status: "refused";
      readonly problem: Problem;
      readonly pull: PullFacts | null;
      /** Set where it may heal by itself: when to read again, in milliseconds. */
      readonly retryAfterMs: number | null;
    }
  /** The head is another commit now: nothing may be published for the one asked about. */
  | { readonly status: "moved"; readonly headSha: string }
  | { readonly status: "closed" }
  | { readonly status: "gone" };

const READS = 3;
const RETRY_MS = 10_000;

/** What GitHub says while a pull request is being pushed to, and may not say again. */
const PASSING: ReadonlySet<string> = new Set([
  "evidence/files-incomplete",
  "evidence/files-repeated",
  "evidence/commits-incomplete",
]);

/**
 * One pull request at one head, complete or not at all.
 * @throws {GitHubUnavailable} when GitHub cannot answer now, or keeps contradicting itself
 */
export async function readSnapshot(client: GitHubClient, request: SnapshotRequest): Promise<ReadResult> {
  const { repository, pull, caches, now } = request;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readOnce(client, request, attempt);
    } catch (error) {
      if (attempt < READS && isPassing(error)) {
        dropPull(caches, repository, pull);
        continue;
      }
      if (error instanceof NotFound) return { status: "gone" };
      if (error instanceof Inconsistent)
        throw new GitHubUnavailable(`GitHub contradicts itself about ${error.message}`, RETRY_MS);
      if (!(error instanceof GitHubProblem)) throw error;
      const known = caches.pulls.get(headKey(request), now) ?? null;
      return { status: "refused", problem: error.problem, pull: known, retryAfterMs: error.retryAfterMs };
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof Inconsistent || (error instanceof GitHubProblem && PASSING.has(error.problem.code));
}

async function readOnce(
  client: GitHubClient,
  request: SnapshotRequest,
  attempt: number,
): Promise<ReadResult> {
  const { repository, caches, now, appId } = request;
  const pull = await pullFacts(client, request);
  if (pull.state === "closed") return { status: "closed" };
  if (pull.headSha !== request.headSha) return { status: "moved", headSha: pull.headSha };
  caches.pulls.set(headKey(request), pull, now);
  const files = await changedFiles(client, request, pull);
  const evaluation = await readEvaluation(client, { repository, pull, appId });
  if (evaluation.pullRequest.state !== "OPEN") return { status: "closed" };
  const agreed = agreedFacts(evaluation, pull, attempt);
  caches.pulls.set(headKey(request), agreed, now);
  caches.files.set(filesKey(request, agreed), files, now);
  return {
    status: "complete",
    snapshot: await snapshotOf(client, { ...request, evaluation, files, facts: agreed }),
    checkRun: existingCheckRun(evaluation),
    pullsOnHead: pullsOnHead(evaluation),
  };
}

async function pullFacts(client: GitHubClient, request: SnapshotRequest): Promise<PullFacts> {
  const known = request.caches.pulls.get(headKey(request), request.now);
  return known ?? (await readPull(client, request.repository, request.pull));
}

async function changedFiles(
  client: GitHubClient,
  request: SnapshotRequest,
  pull: PullFacts,
): Promise<readonly ChangedFile[]> {
  const known = request.caches.files.get(filesKey(request, pull), request.now);
  return known ?? (await readFiles(client, request.repository, pull));
}

/**
 * The facts both answers agree on, with GraphQL's word for the base's commit.
 * @throws {Inconsistent}
 */
function agreedFacts(evaluation: Evaluation, pull: PullFacts, attempt: number): PullFacts {
  const { decisive, baseMoved } = contradictions(evaluation, pull);
  // GitHub lets the base's commit go stale; where the two answers differ in it alone, and still do when read
  // anew, they differ for good.
  const differences = [...decisive, ...(baseMoved && attempt === 1 ? ["the base's commit"] : [])];
  if (differences.length > 0) throw new Inconsistent(differences.join(", "));
  return { ...pull, baseSha: evaluation.pullRequest.baseRefOid };
}

function headKey({ repository, pull, headSha }: SnapshotRequest): string {
  return `${pullKey(repository, pull)}${headSha}`;
}

function filesKey(request: SnapshotRequest, { baseRef, baseSha }: PullFacts): string {
  return `${headKey(request)} ${baseSha} ${baseRef}`;
}
