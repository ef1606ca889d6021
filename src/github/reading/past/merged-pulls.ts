import { z } from "zod";
import { CONFIG_PATH, type PolicySources } from "../../../policy/source.ts";
import type { Account } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { type GitHubClient, parsed } from "../../client/client.ts";
import { Inconsistent, NotFound } from "../../client/errors.ts";
import { graphql } from "../../client/graphql.ts";
import { LIMITS } from "../../client/limits.ts";
import { PAGE_FIELDS, page } from "../../client/page.ts";
import { ACCOUNT_FIELDS, account, accountAnswer } from "../people/actor.ts";
import { DEFAULT_BRANCH_CONFIG, defaultBranchAnswer } from "../rules/branch-rules.ts";
import { SOURCE_FILE_FRAGMENT } from "../rules/source-file.ts";
import { policySources } from "../rules/sources.ts";
import { baseOfThen, MERGE_FIELDS, mergeAnswer } from "./base-of-then.ts";

/** A pull request that was merged, as a list tells of it. */
export interface MergedPull {
  readonly number: number;
  readonly headSha: string;
  readonly changedFiles: number;
  readonly openedAt: string;
  readonly mergedAt: string;
  readonly mergedBy: Account | null;
  /** What its base was just before the merge. */
  readonly base: { readonly ref: string; readonly sha: string };
}

/** The repository as it is today. */
export interface Place {
  /** Under its present name. */
  readonly repository: RepositoryRef;
  /** What the default branch is at; `null` for an empty repository. */
  readonly tip: string | null;
  /** Today's config, and the organization's. */
  readonly sources: PolicySources;
}

/** No App is at work, so no installation is either; it only keeps caches apart. */
const NO_INSTALLATION = 0;

/** Renames are followed here, and nowhere later. */
export const PLACE = `
query CountersignPlace($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { databaseId name owner { login } }
}`;

const placeAnswer = z.object({
  repository: z
    .object({ databaseId: z.int(), name: z.string(), owner: z.object({ login: z.string() }) })
    .nullable(),
});

export const RULES_OF_TODAY = `
query CountersignRulesOfToday($owner: String!, $name: String!, $configPath: String!) {
  repository(owner: $owner, name: $name, followRenames: false) { ${DEFAULT_BRANCH_CONFIG} }
  floor: repository(owner: $owner, name: ".github") { ${DEFAULT_BRANCH_CONFIG} }
}
${SOURCE_FILE_FRAGMENT}`;

const rulesAnswer = z.object({
  repository: z.object({ defaultBranchRef: defaultBranchAnswer }),
  floor: z.object({ defaultBranchRef: defaultBranchAnswer }).nullable(),
});

/** @throws {NotFound | GitHubUnavailable | GitHubProblem} */
export async function readPlace(
  client: GitHubClient,
  named: { readonly owner: string; readonly repo: string },
): Promise<Place> {
  const asked = { document: PLACE, variables: { owner: named.owner, name: named.repo } };
  const found = parsed(placeAnswer, await graphql(client, asked), "the repository").repository;
  if (found === null) throw new NotFound(`${named.owner}/${named.repo} is not there`);
  const { databaseId: repositoryId, name: repo } = found;
  const { login: owner } = found.owner;
  const answer = await graphql(client, {
    document: RULES_OF_TODAY,
    variables: { owner, name: repo, configPath: CONFIG_PATH },
    tolerated: ({ type, path }) => type === "NOT_FOUND" && path === "floor",
  });
  const { repository, floor } = parsed(rulesAnswer, answer, "the rules of today");
  return {
    repository: { owner, repo, repositoryId, installationId: NO_INSTALLATION },
    tip: repository.defaultBranchRef?.target?.oid ?? null,
    sources: policySources({ repository: { ...repository, head: null }, floor }, { owner }, []),
  };
}

export const MERGED_PULLS = `
query CountersignMergedPulls($owner: String!, $name: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name, followRenames: false) {
    pullRequests(
      first: $first, after: $after, states: [MERGED], orderBy: { field: UPDATED_AT, direction: DESC }
    ) {
      ${PAGE_FIELDS}
      nodes {
        number headRefOid baseRefName baseRefOid changedFiles createdAt updatedAt mergedAt
        mergedBy { ${ACCOUNT_FIELDS} }
        ${MERGE_FIELDS}
      }
    }
  }
}`;

const mergedPullAnswer = z
  .object({
    number: z.int(),
    headRefOid: z.string(),
    baseRefName: z.string(),
    baseRefOid: z.string(),
    changedFiles: z.int(),
    createdAt: z.string(),
    updatedAt: z.string(),
    mergedAt: z.string(),
    mergedBy: accountAnswer.nullable(),
  })
  .extend(mergeAnswer.shape);

const mergedPullsAnswer = z.object({ repository: z.object({ pullRequests: page(mergedPullAnswer) }) });

export interface LatestMerged {
  /** Newest first. */
  readonly pulls: readonly MergedPull[];
  /** Not where so many older ones were updated since that newer ones may stand behind them, unseen. */
  readonly complete: boolean;
}

/** Enough to see past those that were only touched lately. */
const SMALLEST_PAGE = 50;

/** Old pull requests are updated too, so that the latest merged may stand behind them. Our own limit. */
const MOST_PAGES = 20;

/**
 * The latest merged, newest first. GitHub has no order by the time of the merge; whatever it lists later was not
 * updated since, and so not merged.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem | Inconsistent}
 */
export async function latestMerged(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  last: number,
): Promise<LatestMerged> {
  const found = new Map<number, MergedPull>();
  let after: string | null = null;
  let complete = false;
  for (let read = 0; read < MOST_PAGES && !complete; read += 1) {
    const variables = {
      owner,
      name: repo,
      first: Math.min(Math.max(last, SMALLEST_PAGE), LIMITS.pageSize),
      after,
    };
    const answer = await graphql(client, { document: MERGED_PULLS, variables });
    const list = parsed(mergedPullsAnswer, answer, "the merged pull requests").repository.pullRequests;
    for (const node of list.nodes) found.set(node.number, mergedPull(node));
    const oldest = list.nodes.at(-1)?.updatedAt;
    const wanted = newestFirst(found.values())[last - 1];
    const isBeyond =
      wanted !== undefined && oldest !== undefined && Date.parse(wanted.mergedAt) >= Date.parse(oldest);
    complete = isBeyond || !list.pageInfo.hasNextPage;
    if (!complete && list.pageInfo.endCursor === after) throw new Inconsistent("the merged pull requests");
    after = list.pageInfo.endCursor;
  }
  return { pulls: newestFirst(found.values()).slice(0, last), complete };
}

function newestFirst(pulls: Iterable<MergedPull>): readonly MergedPull[] {
  return [...pulls].sort((a, b) => Date.parse(b.mergedAt) - Date.parse(a.mergedAt) || b.number - a.number);
}

function mergedPull(answer: z.infer<typeof mergedPullAnswer>): MergedPull {
  const { number, headRefOid: headSha, changedFiles, mergedAt } = answer;
  return {
    number,
    headSha,
    changedFiles,
    openedAt: answer.createdAt,
    mergedAt,
    mergedBy: account(answer.mergedBy),
    base: { ref: answer.baseRefName, sha: baseOfThen(answer) },
  };
}
