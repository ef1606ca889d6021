import { controlPatterns } from "../../../policy/control-patterns.ts";
import type { Policy } from "../../../policy/policy.ts";
import { namesThroughLinks } from "../../../production/links/read-as.ts";
import type { PastPull } from "../../../signoff/past.ts";
import type { ChangedFile, Snapshot } from "../../../signoff/snapshot.ts";
import type { PullRequestMemory } from "../../../store/memory.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { GitHubClient } from "../../client/client.ts";
import { Inconsistent } from "../../client/errors.ts";
import type { Caches } from "../caches.ts";
import { commitFacts } from "../content/commits.ts";
import { withContents } from "../content/contents.ts";
import { readFiles } from "../content/files.ts";
import { readLinks } from "../content/links.ts";
import { withModes } from "../content/modes.ts";
import { withNotes } from "../content/notes.ts";
import { keepWaiting } from "../people/availability.ts";
import { mayWrite } from "../people/permissions.ts";
import { reviews } from "../people/reviews.ts";
import { timeline } from "../people/timeline.ts";
import { planPrefetch } from "../prefetch.ts";
import { type PullRequestData, readPullRequestData } from "../pull-request-data.ts";
import { pullRequestFacts } from "../pull-request-facts.ts";
import { recorded } from "../recorded.ts";
import { relevantCodeowners } from "../rules/relevant-codeowners.ts";
import { policySources, readCodeowners } from "../rules/sources.ts";
import { asOfMerge } from "./as-of-merge.ts";
import type { MergedPull } from "./merged-pulls.ts";
import { peopleThen, permissionsOf, spokeBy } from "./people-then.ts";
import type { RulesOfThen } from "./rules-of-then.ts";
import { withRulesOfThen } from "./rules-over.ts";

export interface PastRequest {
  readonly repository: RepositoryRef;
  readonly pull: MergedPull;
  /** The rules of the base that it was merged into. */
  readonly rules: RulesOfThen;
  /** The commit whose links are followed; `null` for none. */
  readonly linksOf: string | null;
  readonly caches: Caches;
  readonly now: Date;
}

const NOTHING_KNOWN: PullRequestMemory = {
  approvals: [],
  evidence: [],
  participants: [],
  refusals: [],
  accounts: [],
  headSha: null,
  headSeenAt: null,
};

/** What the readers of people and pushes ask for, of which there is none. */
function partsOf({ repository, pull, linksOf, caches, now }: PastRequest) {
  const { number, headSha } = pull;
  const unknown = { memory: NOTHING_KNOWN, recall: async () => [], notBefore: 0, appId: null };
  return { repository, pull: number, headSha, linksOf, caches, now, ...unknown };
}

/**
 * A merged pull request as it was when it was merged. It does not move any more, so that no two answers about it are
 * held against each other; and nobody waits for it, so that what a past does not tell is left out: who may write by
 * another way than their reviews, who pushed, and who belongs to which team.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem | Inconsistent}
 */
export async function readPast(client: GitHubClient, request: PastRequest): Promise<PastPull> {
  const { pull, repository } = request;
  const { openedAt, mergedAt, mergedBy, changedFiles } = pull;
  const listed = await readFiles(client, { repository, pull: pull.number }, changedFiles);
  const evaluation = await readData(client, request, listed);
  const parts = { ...partsOf(request), evaluation };
  const files = await withTexts(client, parts, listed);
  const snapshot = await snapshotThen(client, { ...parts, files, mergedAt });
  return { snapshot, openedAt, mergedAt, mergedBy, spoke: spokeBy(evaluation, mergedAt) };
}

interface Parts extends ReturnType<typeof partsOf> {
  readonly evaluation: PullRequestData;
}

interface AllParts extends Parts {
  readonly files: readonly ChangedFile[];
  readonly mergedAt: string;
}

async function readData(
  client: GitHubClient,
  request: PastRequest,
  files: readonly ChangedFile[],
): Promise<PullRequestData> {
  const parts = partsOf(request);
  const { pull, rules } = request;
  keepWaiting(parts, { nodes: [] });
  const prefetch = { ...(await planPrefetch(parts, files)), teams: [], users: [], labels: [] };
  const told = await readPullRequestData(client, { ...parts, stackBase: null, prefetch });
  const { state, headRefOid } = told.pullRequest;
  if (state !== "MERGED" || headRefOid !== pull.headSha) throw new Inconsistent("what was merged");
  return asOfMerge(withRulesOfThen(told, pull, rules), pull.mergedAt);
}

async function withTexts(client: GitHubClient, parts: Parts, files: readonly ChangedFile[]) {
  const { repository, headSha, caches, now, evaluation } = parts;
  const { modes, blobs: told } = evaluation.prefetched;
  const { baseRefOid: baseSha } = evaluation.pullRequest;
  const whole = await withModes(client, files, { repository, headSha, told: modes });
  return withContents(client, whole, { repository, baseSha, told, blobs: caches.contents, now });
}

async function snapshotThen(client: GitHubClient, parts: AllParts): Promise<Snapshot> {
  const { repository, evaluation, files, caches, mergedAt } = parts;
  const { pages, repository: refs } = evaluation;
  const sources = policySources(evaluation, { owner: repository.owner }, files);
  const { policy } = caches.policies(sources);
  const { links, codeowners } = await ownersThen(client, parts, policy);
  const events = timeline(pages.timelineItems.nodes);
  const commits = await withNotes(client, commitFacts(pages.commits), { ...parts, refs });
  const facts = pullRequestFacts(evaluation);
  const { known } = await recorded({
    ...{ ...parts, contentDigest: null, commits, events },
    baseRef: facts.base.ref,
    reapplying: async () => ({ records: [], reapplied: [] }),
    withAddresses: async (all) => all,
  });
  const { participants, origin } = await peopleThen(client, { ...parts, facts, commits, events, policy });
  const permissions = permissionsOf(evaluation);
  return {
    version: 1,
    now: mergedAt,
    repository: {
      owner: repository.owner,
      name: repository.repo,
      defaultBranch: refs.defaultBranchRef?.name ?? "",
    },
    pullRequest: { ...facts, ...origin },
    commits,
    files,
    ...(links.length > 0 && { links }),
    reviews: reviews(pages.reviews.nodes, events.dismissals, (by) => mayWrite(permissions, by)),
    participants,
    policySources: sources,
    codeowners,
    authority: { permissions, teams: {} },
    recorded: known,
  };
}

/** CODEOWNERS of then, and the links of today through which control files are read. */
async function ownersThen(client: GitHubClient, parts: AllParts, policy: Policy | null) {
  const { repository, evaluation, files, caches, now, linksOf } = parts;
  const patterns = controlPatterns(policy);
  const commits = linksOf === null ? [] : [linksOf];
  const links = await readLinks(client, { repository, commits, files, patterns, caches, now });
  const names = namesThroughLinks(files, links, patterns);
  const whole = await readCodeowners(client, { repository, evaluation, blobs: caches.blobs, now });
  const paths = [...files, ...names.map((path) => ({ path }))];
  return { links, codeowners: await relevantCodeowners(whole, paths) };
}
