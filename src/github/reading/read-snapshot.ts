import type { Problem } from "../../policy/problem.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import { pullKey } from "../client/cache-keys.ts";
import type { GitHubClient } from "../client/client.ts";
import { GitHubProblem, GitHubUnavailable, Inconsistent, NotFound } from "../client/errors.ts";
import { type Caches, dropPull } from "./caches.ts";
import { agreedFacts } from "./change.ts";
import { withContents } from "./content/contents.ts";
import { readFiles, readFilesOfHead } from "./content/files.ts";
import { withModes } from "./content/modes.ts";
import { type ExistingCheckRun, existingCheckRun, pullsOnHead } from "./head.ts";
import { type NodeIds, nodeIds } from "./node-ids.ts";
import { planPrefetch } from "./prefetch.ts";
import { type ReadChange, readPull } from "./pull.ts";
import { readPullRequestData, STACK_FIELD } from "./pull-request-data.ts";
import { snapshotOf } from "./snapshot-of.ts";
import type { SnapshotRequest, WhatIf } from "./snapshot-request.ts";
import { withOtherBase } from "./what-if.ts";

export { createCaches, dropPull } from "./caches.ts";
export { askPermission } from "./people/permissions.ts";
export { readPull } from "./pull.ts";
export type { Caches, ExistingCheckRun, NodeIds, SnapshotRequest, WhatIf };

export type ReadResult =
  | {
      readonly status: "complete";
      readonly snapshot: Snapshot;
      readonly checkRun: ExistingCheckRun | null;
      readonly pullsOnHead: readonly number[];
      /** By which to write to the pull request. */
      readonly ids: NodeIds;
    }
  /** Evidence is missing and a person must do something: to be published as a failure. */
  | {
      readonly status: "refused";
      readonly problem: Problem;
      /** Set where it may heal by itself: when to read again, in milliseconds. */
      readonly retryAfterMs: number | null;
    }
  /** The head is another commit now: nothing may be published for the one asked about. */
  | { readonly status: "moved"; readonly headSha: string }
  | { readonly status: "closed" }
  | { readonly status: "gone" };

const RETRY_MS = 10_000;

/** What GitHub says while a pull request is being pushed to, and may not say again. */
const TRANSIENT_CODES: ReadonlySet<string> = new Set([
  "evidence/files-incomplete",
  "evidence/files-repeated",
  "evidence/file-without-mode",
  "evidence/commits-incomplete",
]);

/** Where nothing is to be judged. */
type Ended = Extract<ReadResult, { readonly status: "closed" | "moved" }>;

/** One way to come by the changed files; `null` where it does not lead to them. */
interface ReadStrategy {
  readonly read: (client: GitHubClient, request: SnapshotRequest) => Promise<ReadChange | Ended | null>;
  /** Good enough where GitHub contradicted itself before. */
  readonly consistent: boolean;
  readonly baseMayLag: boolean;
}

/** In turn, until GitHub's answer about the pull request agrees with the files that were read before it. */
const READ_STRATEGIES: readonly ReadStrategy[] = [
  { read: remembered, consistent: false, baseMayLag: false },
  { read: filesAlone, consistent: false, baseMayLag: false },
  { read: pullAndFiles, consistent: true, baseMayLag: false },
  { read: pullAndFiles, consistent: true, baseMayLag: true },
];

/**
 * One pull request at one head, complete or not at all.
 * @throws {GitHubUnavailable} when GitHub cannot answer now, or keeps contradicting itself
 */
export async function readSnapshot(client: GitHubClient, request: SnapshotRequest): Promise<ReadResult> {
  let failure: unknown = null;
  for (const way of READ_STRATEGIES) {
    if (failure !== null && !way.consistent) continue;
    try {
      const result = await readBy(way, client, request);
      if (result !== null) return result;
    } catch (error) {
      if (!isTransient(error)) return failed(error);
      failure = error;
      dropPull(request.caches, request.repository, request.pull);
    }
  }
  return failed(failure);
}

function isTransient(error: unknown): boolean {
  return (
    error instanceof Inconsistent ||
    (error instanceof GitHubProblem && TRANSIENT_CODES.has(error.problem.code))
  );
}

/** @throws what is no answer about the pull request */
function failed(error: unknown): ReadResult {
  if (error instanceof NotFound) return { status: "gone" };
  if (error instanceof Inconsistent)
    throw new GitHubUnavailable(`GitHub contradicts itself about ${error.message}`, RETRY_MS);
  if (!(error instanceof GitHubProblem)) throw error;
  return { status: "refused", problem: error.problem, retryAfterMs: error.retryAfterMs };
}

async function readBy(
  { read, baseMayLag }: ReadStrategy,
  client: GitHubClient,
  request: SnapshotRequest,
): Promise<ReadResult | null> {
  const { caches, now, headSha } = request;
  const change = await read(client, request);
  if (change === null || "status" in change) return change;
  const evaluation = await withOtherBase(
    client,
    request,
    await readPullRequestData(client, {
      ...request,
      stackBase: change.facts?.stackBase,
      prefetch: planPrefetch(request, change.files),
    }),
  );
  if (evaluation.pullRequest.state !== "OPEN") return { status: "closed" };
  const facts = agreedFacts(change, evaluation, { headSha, baseMayLag });
  const { repository } = request;
  const { modes, blobs } = evaluation.prefetched;
  const files = await withContents(
    client,
    await withModes(client, change.files, { repository, headSha, told: modes }),
    { repository, baseSha: facts.baseSha, told: blobs, blobs: caches.contents, now },
  );
  caches.changes.set(headKey(request), { files, facts }, now);
  const { snapshot, owners } = await snapshotOf(client, { ...request, evaluation, files });
  return {
    status: "complete",
    snapshot,
    checkRun: existingCheckRun(evaluation),
    pullsOnHead: pullsOnHead(evaluation),
    ids: nodeIds(evaluation, owners),
  };
}

/** What an earlier reading of this head agreed on. Every event of the pull request but a review makes it forgotten. */
async function remembered(_: GitHubClient, request: SnapshotRequest): Promise<ReadChange | null> {
  return request.caches.changes.get(headKey(request), request.now, request.notBefore) ?? null;
}

/**
 * The files without the pull request, which saves a request for a head that was not judged before, where the files'
 * answer names it and GraphQL tells the stack. The base is then told by one answer alone. That answer shows the new
 * head, and so all that happened before it was pushed; a base that changes later is announced by an event, which
 * leads here again with a head that was judged.
 */
async function filesAlone(client: GitHubClient, request: SnapshotRequest): Promise<ReadChange | null> {
  const { caches, headSha, memory, now } = request;
  if (memory.headSha === headSha || caches.unknownFields.get(STACK_FIELD, now) !== undefined) return null;
  const files = await readFilesOfHead(client, request);
  return files && { files, facts: null };
}

/** The pull request and then its files: what it still is after them, it was while they were read. */
async function pullAndFiles(client: GitHubClient, request: SnapshotRequest): Promise<ReadChange | Ended> {
  const facts = await readPull(client, request.repository, request.pull);
  if (facts === null) return { status: "closed" };
  if (facts.headSha !== request.headSha) return { status: "moved", headSha: facts.headSha };
  return { files: await readFiles(client, request, facts.changedFiles), facts };
}

function headKey({ repository, pull, headSha }: SnapshotRequest): string {
  return `${pullKey(repository, pull)}${headSha}`;
}
