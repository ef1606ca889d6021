import { z } from "zod";
import { commitsAnswer } from "./content/commits.ts";
import { accountAnswer, reviewerAnswer } from "./people/actor.ts";
import { waitingAnswer } from "./people/availability.ts";
import { commentsAnswer } from "./people/comments.ts";
import { reviewsAnswer } from "./people/reviews.ts";
import { timelineAnswer } from "./people/timeline.ts";
import { defaultBranchAnswer } from "./rules/branch-rules.ts";
import { governedAnswer } from "./rules/governed.ts";
import { sourceFileAnswer } from "./rules/source-file.ts";

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
              nodes: z.array(
                z.object({
                  id: z.string(),
                  databaseId: z.int(),
                  name: z.string(),
                  externalId: z.string().nullable(),
                }),
              ),
            })
            .nullable(),
        }),
      ),
    })
    .nullish(),
});

const pullRequestAnswer = z.object({
  id: z.string(),
  number: z.int(),
  title: z.string(),
  body: z.string(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  /** Absent where it was not merged. */
  mergeCommit: z.object({ oid: z.string() }).nullish(),
  isDraft: z.boolean(),
  isInMergeQueue: z.boolean(),
  autoMergeRequest: z.object({ enabledAt: z.string().nullable() }).nullable(),
  isCrossRepository: z.boolean(),
  author: accountAnswer.nullable(),
  /** What its author is to the repository: "MEMBER", "NONE". */
  authorAssociation: z.string(),
  createdAt: z.string(),
  /** When anything was done to it: written, reviewed or edited. */
  updatedAt: z.string(),
  lastEditedAt: z.string().nullable(),
  editor: accountAnswer.nullable(),
  headRepositoryOwner: accountAnswer.nullable(),
  headRefName: z.string(),
  headRefOid: z.string(),
  baseRefName: z.string(),
  baseRefOid: z.string(),
  baseRef: governedAnswer.nullable(),
  /** Absent where it was not asked for. */
  stack: z.object({ baseRefName: z.string() }).nullish(),
  changedFiles: z.int(),
  /** The issues that it closes; in whichever repository. */
  closingIssuesReferences: z
    .object({
      totalCount: z.int(),
      nodes: z.array(z.object({ number: z.int(), repository: z.object({ databaseId: z.int() }) })),
    })
    .nullish(),
  labels: z.object({ nodes: z.array(z.object({ id: z.string(), name: z.string() })) }).nullable(),
  reviewRequests: z
    .object({
      nodes: z.array(z.object({ requestedReviewer: reviewerAnswer.nullable() })),
    })
    .nullable(),
  /** The latest. */
  comments: commentsAnswer,
  commits: commitsAnswer,
  reviews: reviewsAnswer,
  timelineItems: timelineAnswer,
});

/** Where a tool keeps what it attests. */
const notesRef = z.object({ target: z.object({ oid: z.string() }) }).nullable();

export const pullRequestDataAnswer = z.object({
  repository: z
    .object({
      id: z.string(),
      databaseId: z.int(),
      defaultBranchRef: defaultBranchAnswer,
      gitAi: notesRef,
      agentTrace: notesRef,
      waiting: waitingAnswer,
      head: headAnswer.nullable(),
      pullRequest: pullRequestAnswer.nullable(),
    })
    .nullable(),
  floor: z.object({ defaultBranchRef: defaultBranchAnswer }).nullable(),
});

export type RepositoryAnswer = NonNullable<z.infer<typeof pullRequestDataAnswer>["repository"]>;

export type PullRequestAnswer = NonNullable<RepositoryAnswer["pullRequest"]>;

export type FloorAnswer = z.infer<typeof pullRequestDataAnswer>["floor"];
