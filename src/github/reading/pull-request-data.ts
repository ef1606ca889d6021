import { CONFIG_PATH } from "../../policy/resolve.ts";
import type { RepositoryRef } from "../../store/store.ts";
import { type GitHubClient, parsed } from "../client/client.ts";
import { Inconsistent, NotFound } from "../client/errors.ts";
import { graphql, UnknownField } from "../client/graphql.ts";
import type { Caches } from "./caches.ts";
import { allPages, FIRST_PAGES, type Pages } from "./pages.ts";
import { isAboutStatus, keepWaiting, knownWaiting } from "./people/availability.ts";
import { isAboutUsers } from "./people/users.ts";
import { type Foreseen, type Foretold, foreseenValues, foretold, isForeseen } from "./prefetch.ts";
import {
  evaluationAnswer,
  type FloorAnswer,
  type PullRequestAnswer,
  type RepositoryAnswer,
} from "./pull-request-answer.ts";
import { evaluationDocument } from "./pull-request-document.ts";
import { type Governed, readGoverned } from "./rules/governed.ts";

/** All that GraphQL tells for one evaluation, every page of it. */
export interface Evaluation {
  readonly repository: Omit<RepositoryAnswer, "pullRequest">;
  readonly floor: FloorAnswer;
  readonly pullRequest: Omit<PullRequestAnswer, keyof Pages>;
  readonly pages: Pages;
  /** The base of the stack, or the base; `null` where that branch is gone. */
  readonly governed: Governed | null;
  readonly foretold: Foretold;
}

export interface EvaluationRequest {
  readonly repository: RepositoryRef;
  readonly pull: number;
  readonly headSha: string;
  /** The App's own id, to find its check run and the push it was made for; `null` outside the App. */
  readonly appId: number | null;
  /** The base of its stack by REST's word; `undefined` where REST was not asked, so that GraphQL has to tell. */
  readonly stackBase: string | null | undefined;
  readonly foreseen: Foreseen;
  readonly caches: Caches;
  readonly now: Date;
}

/** Github.com alone tells it: asking for it elsewhere makes the document invalid (seen 2026-11). */
export const STACK_FIELD = "PullRequest.stack";

/** @throws {NotFound | GitHubUnavailable | GitHubProblem | Inconsistent} */
export async function readEvaluation(client: GitHubClient, request: EvaluationRequest): Promise<Evaluation> {
  const { caches, now, stackBase } = request;
  const stacks = caches.unknownFields.get(STACK_FIELD, now) === undefined;
  try {
    return await readTold(client, request, stacks);
  } catch (error) {
    if (!(error instanceof UnknownField) || error.field !== STACK_FIELD) throw error;
    caches.unknownFields.set(STACK_FIELD, true, now);
    if (stackBase === undefined) throw new Inconsistent("its stack");
    return readTold(client, request, false);
  }
}

async function readTold(
  client: GitHubClient,
  request: EvaluationRequest,
  stacks: boolean,
): Promise<Evaluation> {
  const { repository, headSha } = request;
  const place = { owner: repository.owner, name: repository.repo, number: request.pull };
  const { answer, faulty } = await ask(client, request, stacks);
  const { repository: found, floor } = parsed(evaluationAnswer, answer, `pull request #${place.number}`);
  if (found?.pullRequest == null) throw new NotFound(`pull request #${place.number} is gone`);
  if (found.waiting !== undefined) keepWaiting(request, found.waiting);
  const { commits, reviews, timelineItems, ...pullRequest } = found.pullRequest;
  const first = { commits, reviews, timelineItems };
  return {
    repository: found,
    floor,
    pullRequest,
    pages: await allPages(client, { place, headSha, first }),
    governed: await governedBy(client, request, pullRequest),
    foretold: foretold(answer, request.foreseen, faulty),
  };
}

async function ask(
  client: GitHubClient,
  request: EvaluationRequest,
  stacks: boolean,
): Promise<{ readonly answer: unknown; readonly faulty: readonly string[] }> {
  const { repository, pull, headSha, appId, foreseen } = request;
  const { teams, users, labels, paths, blobs } = foreseen;
  const shape = {
    stacks,
    teams: teams.length,
    users: users.length,
    labels: labels.length,
    paths: paths.length,
    blobs: blobs.length,
  };
  const faulty: string[] = [];
  const answer = await graphql(client, {
    document: evaluationDocument(shape),
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
      ...foreseenValues(foreseen),
    },
    tolerated: ({ type, path }) => {
      if (isAboutStatus(path)) return true;
      if (isForeseen(path) && !(type === "NOT_FOUND" && isAboutUsers(path))) faulty.push(path);
      // An organization without a `.github` repository has no floor. Nothing else may be missing.
      return isForeseen(path) || (type === "NOT_FOUND" && path === "floor");
    },
  });
  return { answer, faulty };
}

/** GitHub judges a pull request of a stack by the branch below the stack. */
async function governedBy(
  client: GitHubClient,
  { repository, stackBase }: EvaluationRequest,
  { stack, baseRefName, baseRef }: Pick<PullRequestAnswer, "stack" | "baseRefName" | "baseRef">,
): Promise<Governed | null> {
  const below = stack === undefined ? stackBase : (stack?.baseRefName ?? null);
  if (below === undefined) throw new Inconsistent("its stack");
  return below === null || below === baseRefName ? baseRef : readGoverned(client, repository, below);
}
