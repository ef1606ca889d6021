import type { Problem } from "../../../policy/problem.ts";
import type {
  Account,
  ChangedFile,
  CommitFacts,
  CommitRecord,
  Participant,
  Snapshot,
} from "../../../signoff/snapshot.ts";
import type { PullRequestMemory } from "../../../store/memory.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { GitHubClient } from "../../client/client.ts";
import { GitHubProblem } from "../../client/errors.ts";
import type { Caches } from "../caches.ts";
import { contentDigest } from "../content/content-digest.ts";
import { withContents } from "../content/contents.ts";
import { withModes } from "../content/modes.ts";
import { withNotes } from "../content/notes.ts";
import { recordsOfPicked } from "../picked.ts";
import { relevantCodeowners } from "../rules/relevant-codeowners.ts";
import { policySources, readCodeowners } from "../rules/sources.ts";
import { type Compared, rangeUnknown, readCompared } from "./compared.ts";
import { type RangeData, readRangeData } from "./range-document.ts";

/** A move of a branch that no pull request tells of. */
export interface RangeRequest {
  readonly repository: RepositoryRef;
  readonly branch: string;
  /** From what to what it was moved. */
  readonly before: string;
  readonly after: string;
  /** Whether the branch itself was at the first one: a new branch loses nothing. */
  readonly wasThere: boolean;
  /** Who moved it; `null` where nobody is named. */
  readonly by: Account | null;
  /** ISO 8601. */
  readonly at: string;
  /** What is known of the repository. */
  readonly memory: Pick<PullRequestMemory, "accounts" | "floorSeen">;
  readonly recall: (shas: readonly string[]) => Promise<readonly CommitRecord[]>;
  readonly recallSameContent: (contentDigest: string) => Promise<readonly CommitRecord[]>;
  readonly caches: Caches;
  readonly now: Date;
}

export type RangeResult =
  | { readonly status: "complete"; readonly snapshot: Snapshot }
  /** It holds nothing that was not there before, and lost nothing. */
  | { readonly status: "nothing" }
  /** It cannot be judged, and why. */
  | { readonly status: "refused"; readonly problem: Problem };

/**
 * What came into a branch, as the pull request of whoever moved it: by the rules that held before, with no reviews.
 * Links are not followed, so a control file behind one counts by its own path.
 * @throws {NotFound | GitHubUnavailable} and what GitHub refuses for now alone
 */
export async function readRange(client: GitHubClient, request: RangeRequest): Promise<RangeResult> {
  try {
    const { repository } = request;
    const compared = await readCompared(client, repository, request);
    if (compared.commits.length === 0 && !compared.lost) return { status: "nothing" };
    return { status: "complete", snapshot: await snapshotOfRange(client, request, compared) };
  } catch (error) {
    if (!(error instanceof GitHubProblem) || error.retryAfterMs !== null) throw error;
    return { status: "refused", problem: error.problem };
  }
}

async function snapshotOfRange(
  client: GitHubClient,
  request: RangeRequest,
  compared: Compared,
): Promise<Snapshot> {
  const { repository, before, after, caches, now, branch } = request;
  const { commits: shas } = compared;
  const data = await readRangeData(client, repository, { before, after, commits: shas });
  const files = await withTexts(client, request, compared);
  const { repository: refs } = data;
  const sources = policySources(rulesBefore(data, branch), { ...repository, ...request.memory }, files);
  const told = await withNotes(client, data.commits, { repository, refs, caches, now });
  const commits = told.length === 0 ? [madeByMover(request)] : told;
  const digest = compared.lost ? null : await contentDigest(files);
  const target = { sha: before, ref: branch };
  return {
    version: 1,
    now: now.toISOString(),
    repository: {
      owner: repository.owner,
      name: repository.repo,
      defaultBranch: refs.defaultBranchRef?.name ?? "",
    },
    pullRequest: {
      ...{ number: 0, title: "", body: "", author: request.by, state: "closed", draft: false, fork: false },
      head: { sha: after, ref: branch },
      ...{ base: target, governedBy: target, labels: [], requestedReviewers: { users: [], teams: [] } },
    },
    commits,
    files,
    ...(digest !== null && { contentDigest: digest }),
    reviews: [],
    participants: pushers(request, compared),
    policySources: sources,
    codeowners: await relevantCodeowners(await codeownersBefore(client, request, data), files),
    authority: { permissions: {}, teams: {} },
    recorded: {
      ...{ approvals: [], evidence: [], headMovedAt: null, baseChangedAt: null, refusals: [] },
      accounts: request.memory.accounts,
      commits: [
        ...(await request.recall(shas)),
        ...(await recordsOfPicked(commits, request.recall)),
        ...(digest === null ? [] : await request.recallSameContent(digest)),
      ],
    },
  };
}

/** Without commits of its own, that something is gone is the work of whoever moved the branch. */
function madeByMover({ by, before, after, at }: RangeRequest): CommitFacts {
  if (by === null) throw rangeUnknown(`${before}...${after}`);
  const mover = { name: by.login, email: "", account: by };
  const moved = { sha: after, message: "", authoredAt: at, committedAt: at };
  return { ...moved, author: mover, committer: mover, coAuthors: [], committedViaWeb: false };
}

async function withTexts(
  client: GitHubClient,
  { repository, after, caches, now }: RangeRequest,
  { files, mergeBase }: Compared,
): Promise<readonly ChangedFile[]> {
  const told = files.map((file) => (file.unread === undefined ? file : { ...file, mode: UNKNOWN_MODE }));
  const whole = await withModes(client, told, { repository, headSha: after, told: {} });
  const request = { repository, baseSha: mergeBase, told: {}, blobs: caches.contents, now };
  return withContents(client, whole, request);
}

/** Of what was taken back; any mode says as little. */
const UNKNOWN_MODE = "100644";

/** The config of the default branch decides; where that is the branch which moved, as it was before. */
function rulesBefore({ repository, floor }: RangeData, branch: string): Parameters<typeof policySources>[0] {
  const { defaultBranchRef, before, head } = repository;
  const own = defaultBranchRef?.name === branch && before !== null ? { target: before } : defaultBranchRef;
  return { repository: { defaultBranchRef: own, head }, floor };
}

async function codeownersBefore(
  client: GitHubClient,
  { repository, branch, caches, now }: RangeRequest,
  { repository: { before } }: RangeData,
) {
  const governed = { name: branch, prefix: "refs/heads/" as const, target: before };
  return readCodeowners(client, { repository, evaluation: { governed }, blobs: caches.blobs, now });
}

function pushers({ by, after, at }: RangeRequest, { lost }: Compared): readonly Participant[] {
  if (by === null) return [];
  const because = `pushed ${after.slice(0, 7)}`;
  return [{ account: by, role: "pusher", because, sha: after, at, ...(lost && { forced: true }) }];
}
