import { CONFIG_PATH } from "../../policy/source.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import { type GitHubClient, parsed } from "../client/client.ts";
import { Inconsistent, NotFound } from "../client/errors.ts";
import { graphql, UnknownField } from "../client/graphql.ts";
import type { Caches } from "./caches.ts";
import { allPages, FIRST_PAGES, type Pages } from "./pages.ts";
import { isAboutStatus, keepWaiting, knownWaiting } from "./people/availability.ts";
import { isAboutUsers } from "./people/users.ts";
import { isPrefetched, type Prefetch, type Prefetched, parsePrefetched, prefetchValues } from "./prefetch.ts";
import {
  type FloorAnswer,
  type PullRequestAnswer,
  pullRequestDataAnswer,
  type RepositoryAnswer,
} from "./pull-request-answer.ts";
import { pullRequestDocument } from "./pull-request-document.ts";
import { type Governed, readGoverned } from "./rules/governed.ts";

/** All that GraphQL tells for one evaluation, every page of it. */
export interface PullRequestData {
  readonly repository: Omit<RepositoryAnswer, "pullRequest">;
  readonly floor: FloorAnswer;
  readonly pullRequest: Omit<PullRequestAnswer, keyof Pages>;
  readonly pages: Pages;
  /** The base of the stack, or the base; `null` where that branch is gone. */
  readonly governed: Governed | null;
  readonly prefetched: Prefetched;
}

export interface PullRequestDataRequest {
  readonly repository: RepositoryRef;
  readonly pull: number;
  readonly headSha: string;
  /** The App's own id, to find its check run and the push it was made for; `null` outside the App. */
  readonly appId: number | null;
  /** The base of its stack by REST's word; `undefined` where REST was not asked, so that GraphQL has to tell. */
  readonly stackBase: string | null | undefined;
  readonly prefetch: Prefetch;
  readonly caches: Caches;
  readonly now: Date;
}

/** Github.com alone tells it: asking for it elsewhere makes the document invalid (seen 2026-11). */
export const STACK_FIELD = "PullRequest.stack";

/** @throws {NotFound | GitHubUnavailable | GitHubProblem | Inconsistent} */
export async function readPullRequestData(
  client: GitHubClient,
  request: PullRequestDataRequest,
): Promise<PullRequestData> {
  const { caches, now, stackBase } = request;
  const stacks = !caches.unknownFields.has(STACK_FIELD, now);
  try {
    return await readOnce(client, request, stacks);
  } catch (error) {
    if (!(error instanceof UnknownField) || error.field !== STACK_FIELD) throw error;
    caches.unknownFields.learn(STACK_FIELD, now);
    if (stackBase === undefined) throw new Inconsistent("its stack");
    return readOnce(client, request, false);
  }
}

async function readOnce(
  client: GitHubClient,
  request: PullRequestDataRequest,
  stacks: boolean,
): Promise<PullRequestData> {
  const { repository, headSha } = request;
  const place = { owner: repository.owner, name: repository.repo, number: request.pull };
  const { answer, faulty } = await ask(client, request, stacks);
  const { repository: found, floor } = parsed(pullRequestDataAnswer, answer, `pull request #${place.number}`);
  if (found?.pullRequest == null || isAnother(found, request))
    throw new NotFound(`pull request #${place.number} is gone`);
  if (found.waiting !== undefined) keepWaiting(request, found.waiting);
  const { commits, reviews, timelineItems, ...pullRequest } = found.pullRequest;
  const first = { commits, reviews, timelineItems };
  return {
    repository: found,
    floor,
    pullRequest,
    pages: await allPages(client, { place, headSha, first }),
    governed: await governedBy(client, request, pullRequest),
    prefetched: parsePrefetched(answer, request.prefetch, faulty),
  };
}

/** It has the name by now: what is known of the one that was asked about says nothing of it. */
function isAnother(
  { databaseId }: Pick<RepositoryAnswer, "databaseId">,
  { repository, appId }: PullRequestDataRequest,
): boolean {
  return appId !== null && databaseId !== repository.repositoryId;
}

async function ask(
  client: GitHubClient,
  request: PullRequestDataRequest,
  stacks: boolean,
): Promise<{ readonly answer: unknown; readonly faulty: readonly string[] }> {
  const { repository, pull, headSha, appId, prefetch } = request;
  const { teams, users, labels, paths, blobs, sides } = prefetch;
  const shape = {
    stacks,
    teams: teams.length,
    users: users.length,
    labels: labels.length,
    paths: paths.length,
    blobs: blobs.length,
    sides: sides.paths.length,
  };
  const faulty: string[] = [];
  const answer = await graphql(client, {
    document: pullRequestDocument(shape),
    variables: {
      owner: repository.owner,
      name: repository.repo,
      number: pull,
      ...FIRST_PAGES,
      headSha,
      configPath: CONFIG_PATH,
      appId,
      checks: appId !== null,
      waiting: knownWaiting(request) === undefined,
      ...prefetchValues(prefetch),
    },
    tolerated: ({ type, path }) => {
      if (isAboutStatus(path)) return true;
      if (isPrefetched(path) && !(type === "NOT_FOUND" && isAboutUsers(path))) faulty.push(path);
      // An organization without a `.github` repository has no floor. Nothing else may be missing.
      return isPrefetched(path) || (type === "NOT_FOUND" && path === "floor");
    },
  });
  return { answer, faulty };
}

/** GitHub judges a pull request of a stack by the branch below the stack. */
async function governedBy(
  client: GitHubClient,
  { repository, stackBase }: PullRequestDataRequest,
  { stack, baseRefName, baseRef }: Pick<PullRequestAnswer, "stack" | "baseRefName" | "baseRef">,
): Promise<Governed | null> {
  const below = stack === undefined ? stackBase : (stack?.baseRefName ?? null);
  if (below === undefined) throw new Inconsistent("its stack");
  return below === null || below === baseRefName ? baseRef : readGoverned(client, repository, below);
}
