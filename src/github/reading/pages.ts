import { z } from "zod";
import { type GitHubClient, parsed } from "../client/client.ts";
import { Inconsistent } from "../client/errors.ts";
import { graphql } from "../client/graphql.ts";
import { page } from "../client/page.ts";
import { commitsAnswer } from "./content/commits.ts";
import { type RemarkAnswer, type ReviewAnswer, remarkAnswer, reviewsAnswer } from "./people/reviews.ts";
import { timelineAnswer } from "./people/timeline.ts";
import { MORE_COMMENTS, MORE_PAGES } from "./pull-request-document.ts";

const pagesAnswer = z.object({
  headRefOid: z.string(),
  commits: commitsAnswer.optional(),
  reviews: reviewsAnswer.optional(),
  timelineItems: timelineAnswer.optional(),
});

const morePagesAnswer = z.object({ repository: z.object({ pullRequest: pagesAnswer }) });
const moreCommentsAnswer = z.object({ node: z.object({ comments: page(remarkAnswer) }) });

/** The paged connections of a pull request. */
export interface Pages {
  readonly commits: z.infer<typeof commitsAnswer>;
  readonly reviews: z.infer<typeof reviewsAnswer>;
  readonly timelineItems: z.infer<typeof timelineAnswer>;
}

/** Variables that ask for the first page of every connection. */
export const FIRST_PAGES = { commits: true, reviews: true, timeline: true } as const;

interface Page<T> {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly T[];
}

interface PagesRequest {
  readonly place: { readonly owner: string; readonly name: string; readonly number: number };
  readonly headSha: string;
  readonly first: Pages;
}

/** Reads on from the first pages until every connection is whole. */
export async function allPages(client: GitHubClient, request: PagesRequest): Promise<Pages> {
  let pages = request.first;
  while (Object.values(pages).some(({ pageInfo }) => pageInfo.hasNextPage))
    pages = await nextPages(client, request, pages);
  const reviews: ReviewAnswer[] = [];
  for (const review of pages.reviews.nodes) reviews.push(await withAllComments(client, review));
  if (reviews.length !== pages.reviews.totalCount) throw new Inconsistent("the number of reviews");
  return { ...pages, reviews: { ...pages.reviews, nodes: reviews } };
}

async function nextPages(
  client: GitHubClient,
  { place, headSha }: PagesRequest,
  pages: Pages,
): Promise<Pages> {
  const answer = await graphql(client, {
    document: MORE_PAGES,
    variables: {
      ...place,
      commits: pages.commits.pageInfo.hasNextPage,
      commitsAfter: pages.commits.pageInfo.endCursor,
      reviews: pages.reviews.pageInfo.hasNextPage,
      reviewsAfter: pages.reviews.pageInfo.endCursor,
      timeline: pages.timelineItems.pageInfo.hasNextPage,
      timelineAfter: pages.timelineItems.pageInfo.endCursor,
    },
  });
  const next = parsed(morePagesAnswer, answer, `pull request #${place.number}`).repository.pullRequest;
  if (next.headRefOid !== headSha) throw new Inconsistent("the head commit");
  return {
    commits: joined(pages.commits, next.commits),
    reviews: joined(pages.reviews, next.reviews),
    timelineItems: joined(pages.timelineItems, next.timelineItems),
  };
}

/** Review comments may carry commands to agents, all but those of machines. */
async function withAllComments(client: GitHubClient, review: ReviewAnswer): Promise<ReviewAnswer> {
  let { comments } = review;
  while (comments.pageInfo.hasNextPage && review.author?.__typename !== "Bot") {
    const variables = { review: review.id, after: comments.pageInfo.endCursor };
    const answer = await graphql(client, { document: MORE_COMMENTS, variables });
    const next = parsed(moreCommentsAnswer, answer, "the comments of a review").node.comments;
    comments = joined<RemarkAnswer>(comments, next);
  }
  return { ...review, comments };
}

function joined<T>(known: Page<T>, next: Page<T> | undefined) {
  if (!known.pageInfo.hasNextPage) return { ...known, nodes: [...known.nodes] };
  // A page that brings nothing new would be asked for without end.
  if (next === undefined || next.nodes.length === 0 || next.pageInfo.endCursor === known.pageInfo.endCursor)
    throw new Inconsistent("the number of pages");
  return { ...next, nodes: [...known.nodes, ...next.nodes] };
}
