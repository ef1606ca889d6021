import type { Problem } from "../../policy/problem.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import { pullKey } from "../client/cache-keys.ts";
import type { GitHubClient } from "../client/client.ts";
import { Contradiction, GitHubProblem, Inconsistent, NotFound } from "../client/errors.ts";
import { type Caches, dropPull } from "./caches.ts";
import { agreedFacts } from "./change.ts";
import { keepBaseSides } from "./content/base-sides.ts";
import { commitFacts } from "./content/commits.ts";
import { withContents } from "./content/contents.ts";
import { readFiles, readFilesOfHead } from "./content/files.ts";
import { onlyParentOutside } from "./content/merge-base.ts";
import { readHeadTree, withModes } from "./content/modes.ts";
import { type ExistingCheckRun, existingCheckRuns, type NamedCheckRun, pullsOnHead } from "./head.ts";
import { type NodeIds, nodeIds } from "./node-ids.ts";
import { planPrefetch } from "./prefetch.ts";
import { type ClosedPull, closedAs, type ReadChange, readPull } from "./pull.ts";
import { readPullRequestData, STACK_FIELD } from "./pull-request-data.ts";
import { withRulesBefore } from "./rules-before.ts";
import { snapshotOf } from "./snapshot-of.ts";
import type { SnapshotRequest, WhatIf } from "./snapshot-request.ts";
import { withOtherBase } from "./what-if.ts";

export { createCaches, dropPull } from "./caches.ts";
export { foreseeRules } from "./foresee.ts";
export { type MergedPull, openPast, type PastReader } from "./past/past.ts";
export { type Access, askAccess } from "./people/access.ts";
export { knownCommands } from "./people/known-commands.ts";
export { askPermission } from "./people/permissions.ts";
export { type ReadReply, type RepliesRequest, readMerger, readReplies } from "./people/replies.ts";
export { readPull } from "./pull.ts";
export { type Move, readMoves } from "./pushes/activity.ts";
export { type RangeRequest, type RangeResult, readRange } from "./range/read-range.ts";
export { type BranchRulesRead, readBranchRules } from "./rules/branch-rules.ts";
export type { Beside } from "./time-facts.ts";
export type { Caches, ExistingCheckRun, NamedCheckRun, NodeIds, SnapshotRequest, WhatIf };

export type ReadResult =
  | {
      readonly status: "complete";
      readonly snapshot: Snapshot;
      /** The App's on the head. */
      readonly checkRuns: readonly NamedCheckRun[];
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
  | ClosedPull
  /** Merged before it could be judged: what it tells is told of the commit that it became. */
  | { readonly status: "merged"; readonly snapshot: Snapshot; readonly mergedAs: string }
  | { readonly status: "gone" };

const RETRY_MS = 10_000;

/** What GitHub says while a pull request is being pushed to, and may not say again. */
const TRANSIENT_CODES: ReadonlySet<string> = new Set([
  "evidence/files-incomplete",
  "evidence/files-repeated",
  "evidence/file-without-mode",
  "evidence/commits-incomplete",
]);

/** What an attempt came to; what went wrong in a way that another attempt may mend is `contradicted`. */
type Attempt<Result> = Result | { readonly status: "contradicted"; readonly error: unknown };

/**
 * One pull request at one head, complete or not at all: by few requests, and where GitHub contradicts itself, by more
 * careful ones, of which the last puts up with a base that lags.
 * @throws {GitHubUnavailable} when GitHub cannot answer now; `Contradiction` when it contradicts itself about the head
 */
export async function readSnapshot(client: GitHubClient, request: SnapshotRequest): Promise<ReadResult> {
  const quick = await attempt(request, () => readQuickly(client, request));
  if (quick?.status === "refused") return (await closedBefore(client, request)) ?? quick;
  if (quick !== null && quick.status !== "contradicted") return quick;
  const careful = await attempt(request, () => readCarefully(client, request, { baseMayLag: false }));
  if (careful.status !== "contradicted") return careful;
  const last = await attempt(request, () => readCarefully(client, request, { baseMayLag: true }));
  return last.status === "contradicted" ? failed(last.error) : last;
}

/** What cannot be read matters no more once the pull request is closed, but that it was merged does. */
async function closedBefore(client: GitHubClient, request: SnapshotRequest): Promise<ClosedPull | null> {
  const facts = await attempt(request, () => readPull(client, request.repository, request.pull));
  return "status" in facts && facts.status === "closed" ? facts : null;
}

async function attempt<Result>(
  { caches, repository, pull }: SnapshotRequest,
  read: () => Promise<Result>,
): Promise<Attempt<Result | ReadResult>> {
  try {
    return await read();
  } catch (error) {
    if (!isTransient(error)) return failed(error);
    dropPull(caches, repository, pull);
    return { status: "contradicted", error };
  }
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
  if (error instanceof Inconsistent) return contradictory(error);
  if (!(error instanceof GitHubProblem)) throw error;
  return { status: "refused", problem: error.problem, retryAfterMs: error.retryAfterMs };
}

/** Said in the check, as it may stay so; nothing is said of a commit that the answers may not be about. */
function contradictory({ message: about, ofHead }: Inconsistent): ReadResult {
  const message = `GitHub contradicts itself about ${about}.`;
  if (ofHead) throw new Contradiction(message, RETRY_MS);
  const remedy = "No action needed; Countersign will retry. If it persists, push again.";
  const problem: Problem = { code: "evidence/contradictory", severity: "error", message, remedy };
  return { status: "refused", problem, retryAfterMs: RETRY_MS };
}

/** By what is known of the head, or by its files alone; `null` where neither leads to them. */
async function readQuickly(client: GitHubClient, request: SnapshotRequest): Promise<ReadResult | null> {
  const change = remembered(request) ?? (await filesAlone(client, request));
  return change === null ? null : completed(client, request, { change, baseMayLag: false });
}

/** The pull request and then its files: what it still is after them, it was while they were read. */
async function readCarefully(
  client: GitHubClient,
  request: SnapshotRequest,
  { baseMayLag }: Pick<FoundChange, "baseMayLag">,
): Promise<ReadResult> {
  const facts = await readPull(client, request.repository, request.pull);
  if ("status" in facts) return facts;
  if (facts.headSha !== request.headSha) return { status: "moved", headSha: facts.headSha };
  const files = await readFiles(client, request, facts.changedFiles);
  return completed(client, request, { change: { files, facts }, baseMayLag });
}

interface FoundChange {
  readonly change: ReadChange;
  readonly baseMayLag: boolean;
}

/** The rest of the snapshot. Throws where GitHub's answer about the pull request does not agree with the files. */
async function completed(
  client: GitHubClient,
  request: SnapshotRequest,
  { change, baseMayLag }: FoundChange,
): Promise<ReadResult> {
  const { caches, now, headSha } = request;
  const told = await readPullRequestData(client, {
    ...request,
    stackBase: change.facts?.stackBase,
    prefetch: await planPrefetch(request, change.files, change.mergeBase),
  });
  const evaluation = await withRulesBefore(client, request, await withOtherBase(client, request, told));
  const { state, mergeCommit } = evaluation.pullRequest;
  const mergedAs = state === "MERGED" ? mergeCommit?.oid : undefined;
  const isNews = mergedAs !== undefined && request.memory.headSha !== headSha;
  if (state !== "OPEN" && !isNews) return closedAs(mergedAs);
  const facts = agreedFacts(change, evaluation, { headSha, baseMayLag });
  const { repository } = request;
  const { modes, blobs } = evaluation.prefetched;
  const tree = await readHeadTree(client, change.files, { repository, headSha, told: modes });
  const whole = { repository, headSha, told: { ...tree.modes, ...modes } };
  const files = await withContents(client, await withModes(client, change.files, whole), {
    ...{ repository, baseSha: facts.baseSha, blobs: caches.contents, now },
    ...{ told: blobs, sizes: tree.sizes },
  });
  const mergeBase = onlyParentOutside(commitFacts(evaluation.pages.commits));
  caches.changes.set(headKey(request), { files, facts, ...(mergeBase !== null && { mergeBase }) }, now);
  if (change.mergeBase !== undefined)
    keepBaseSides({ repository, mergeBase: change.mergeBase, caches, now }, evaluation.prefetched.sides);
  const { snapshot, owners } = await snapshotOf(client, { ...request, evaluation, files });
  if (mergedAs !== undefined) return { status: "merged", snapshot, mergedAs };
  return {
    status: "complete",
    snapshot,
    checkRuns: existingCheckRuns(evaluation),
    pullsOnHead: pullsOnHead(evaluation),
    ids: nodeIds(evaluation, owners),
  };
}

/** What an earlier reading of this head agreed on. Every event of the pull request but a review makes it forgotten. */
function remembered(request: SnapshotRequest): ReadChange | null {
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
  if (memory.headSha === headSha || caches.unknownFields.has(STACK_FIELD, now)) return null;
  const files = await readFilesOfHead(client, request);
  return files && { files, facts: null };
}

function headKey({ repository, pull, headSha }: SnapshotRequest): string {
  return `${pullKey(repository, pull)}${headSha}`;
}
