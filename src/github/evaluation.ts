import { z } from "zod";
import { CONFIG_PATH } from "../policy/resolve.ts";
import type { RepositoryRef } from "../store/store.ts";
import { accountAnswer } from "./actor.ts";
import { type GitHubClient, parsed } from "./client.ts";
import { commitsAnswer } from "./commits.ts";
import { EVALUATION } from "./document.ts";
import { NotFound } from "./errors.ts";
import { graphql } from "./graphql.ts";
import { allPages, FIRST_PAGES, type Pages } from "./pages.ts";
import type { PullFacts } from "./pull.ts";
import { reviewsAnswer } from "./reviews.ts";
import { sourceFileAnswer } from "./source-file.ts";
import { timelineAnswer } from "./timeline.ts";

const defaultBranchRef = z
  .object({
    name: z.string(),
    target: z.object({ oid: z.string(), config: sourceFileAnswer.nullable() }).nullable(),
  })
  .nullable();

const headAnswer = z.object({
  __typename: z.literal("Commit"),
  proposed: sourceFileAnswer.nullable(),
  associatedPullRequests: z
    .object({
      nodes: z.array(z.object({ number: z.int(), state: z.string(), headRefOid: z.string() })),
    })
    .nullable(),
  checkSuites: z
    .object({
      nodes: z.array(
        z.object({
          push: z.object({ pusher: accountAnswer }).nullable(),
          checkRuns: z
            .object({
              nodes: z.array(z.object({ databaseId: z.int(), externalId: z.string().nullable() })),
            })
            .nullable(),
        }),
      ),
    })
    .nullish(),
});

const pullRequestAnswer = z.object({
  number: z.int(),
  title: z.string(),
  body: z.string(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  isDraft: z.boolean(),
  isCrossRepository: z.boolean(),
  author: accountAnswer.nullable(),
  headRefName: z.string(),
  headRefOid: z.string(),
  baseRefName: z.string(),
  baseRefOid: z.string(),
  changedFiles: z.int(),
  labels: z.object({ nodes: z.array(z.object({ name: z.string() })) }).nullable(),
  reviewRequests: z
    .object({
      nodes: z.array(
        z.object({
          requestedReviewer: accountAnswer.extend({ slug: z.string().optional() }).nullable(),
        }),
      ),
    })
    .nullable(),
  commits: commitsAnswer,
  reviews: reviewsAnswer,
  timelineItems: timelineAnswer,
});

const evaluationAnswer = z.object({
  repository: z
    .object({
      databaseId: z.int(),
      defaultBranchRef,
      governed: z
        .object({
          name: z.string(),
          prefix: z.literal("refs/heads/"),
          target: z.looseObject({ oid: z.string() }).nullable(),
        })
        .nullable(),
      head: headAnswer.nullable(),
      pullRequest: pullRequestAnswer.nullable(),
    })
    .nullable(),
  floor: z.object({ defaultBranchRef }).nullable(),
});

type RepositoryAnswer = NonNullable<z.infer<typeof evaluationAnswer>["repository"]>;

type PullRequestAnswer = NonNullable<RepositoryAnswer["pullRequest"]>;

/** All that GraphQL tells for one evaluation, every page of it. */
export interface Evaluation {
  readonly repository: Omit<RepositoryAnswer, "pullRequest">;
  readonly floor: z.infer<typeof evaluationAnswer>["floor"];
  readonly pullRequest: Omit<PullRequestAnswer, keyof Pages>;
  readonly pages: Pages;
}

export interface EvaluationRequest {
  readonly repository: RepositoryRef;
  readonly pull: PullFacts;
  /** The App's own id, to find its check run and the push it was made for; `null` outside the App. */
  readonly appId: number | null;
}

/** @throws {NotFound | GitHubUnavailable | GitHubProblem | Inconsistent} */
export async function readEvaluation(client: GitHubClient, request: EvaluationRequest): Promise<Evaluation> {
  const { repository, pull, appId } = request;
  const place = { owner: repository.owner, name: repository.repo, number: pull.number };
  const answer = await graphql(client, {
    document: EVALUATION,
    variables: {
      ...place,
      ...FIRST_PAGES,
      headSha: pull.headSha,
      governedRef: `refs/heads/${pull.governedRef}`,
      configPath: CONFIG_PATH,
      appId,
      checks: appId !== null,
    },
    // An organization without a `.github` repository has no floor. Nothing else may be missing.
    optional: (path) => path === "floor",
  });
  const { repository: found, floor } = parsed(evaluationAnswer, answer, `pull request #${pull.number}`);
  if (found?.pullRequest == null) throw new NotFound(`pull request #${pull.number} is gone`);
  const { commits, reviews, timelineItems, ...pullRequest } = found.pullRequest;
  const first = { commits, reviews, timelineItems };
  const pages = await allPages(client, { place, headSha: pull.headSha, first });
  return { repository: found, floor, pullRequest, pages };
}
