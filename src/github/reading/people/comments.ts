import { z } from "zod";
import type { Participant } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import { pullKey } from "../../client/cache-keys.ts";
import { type GitHubClient, parsed } from "../../client/client.ts";
import { Inconsistent } from "../../client/errors.ts";
import { graphql } from "../../client/graphql.ts";
import { PAGE_FIELDS, page } from "../../client/page.ts";
import { Pauses } from "../../client/pauses.ts";
import { areAmong, commanders, distinct } from "./participants.ts";
import { REMARK_FIELDS, remarkAnswer } from "./reviews.ts";
import { remark } from "./timeline.ts";

/** The newest come first, and an edited one is as new as its edit. */
const LATEST_FIRST = "orderBy: { field: UPDATED_AT, direction: DESC }";
const COMMENT_FIELDS = `${PAGE_FIELDS} nodes { updatedAt ${REMARK_FIELDS} }`;

/** The part of a document that asks a pull request or an issue for its latest comments. */
export const COMMENTS_PART = `comments(first: 50, ${LATEST_FIRST}) { ${COMMENT_FIELDS} }`;

export const commentsAnswer = page(remarkAnswer.extend({ updatedAt: z.string() }));

export type CommentsAnswer = z.infer<typeof commentsAnswer>;

export const MORE_REMARKS = `
query CountersignRemarks($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name, followRenames: false) {
    on: issueOrPullRequest(number: $number) { ...Remarks ...PullRequestRemarks }
  }
}
fragment Remarks on Issue { comments(first: 100, after: $after, ${LATEST_FIRST}) { ${COMMENT_FIELDS} } }
fragment PullRequestRemarks on PullRequest {
  comments(first: 100, after: $after, ${LATEST_FIRST}) { ${COMMENT_FIELDS} }
}`;

const moreAnswer = z.object({ repository: z.object({ on: z.object({ comments: commentsAnswer }) }) });

/** What was read of the comments of a pull request or an issue. Their number is up to strangers, so none is read twice. */
export interface ReadComments {
  /** Whoever gave an agent a command in one of them. */
  readonly commanders: readonly Participant[];
  /** When the newest of them was written or edited, in milliseconds. */
  readonly upTo: number;
}

interface CommentsRequest {
  readonly repository: RepositoryRef;
  /** Of the pull request, or of the issue: both are numbered alike. */
  readonly pull: number;
  /** Asked before each further page, which it may refuse. */
  readonly goOn?: () => void;
  readonly caches: { readonly comments: Cache<ReadComments> };
  readonly now: Date;
}

/** GitHub may show a comment later than one that was written after it. */
const MAY_LAG_MS = 60_000;

/**
 * Who gave an agent a command in a comment. `latest` is the first page; it is read on from there only to where an
 * earlier reading has been. What is deleted or edited meanwhile was heard by its event.
 * @throws {GitHubUnavailable | GitHubProblem | Inconsistent}
 */
export async function readCommanders(
  client: GitHubClient,
  request: CommentsRequest,
  latest: CommentsAnswer,
): Promise<readonly Participant[]> {
  const { repository, pull, caches, now } = request;
  const key = pullKey(repository, pull);
  const known = caches.comments.get(key, now) ?? NOTHING_READ;
  const since = known.upTo - MAY_LAG_MS;
  const found: Participant[] = [];
  let upTo = known.upTo;
  let comments: CommentsAnswer | null = latest;
  const pauses = new Pauses();
  while (comments !== null) {
    const fresh: CommentsAnswer["nodes"] = comments.nodes.filter(
      ({ updatedAt }) => !(Date.parse(updatedAt) < since),
    );
    for (const answer of fresh) {
      const read = remark(answer);
      if (areAmong([...known.commanders, ...found], read)) continue;
      await pauses.pause();
      found.push(...commanders(read));
    }
    upTo = Math.max(upTo, ...fresh.map(({ updatedAt }) => Date.parse(updatedAt) || 0));
    const goesOn: boolean = comments.pageInfo.hasNextPage && fresh.length === comments.nodes.length;
    comments = goesOn ? await nextPage(client, request, comments) : null;
  }
  const all = distinct([...known.commanders, ...found]);
  caches.comments.set(key, { commanders: all, upTo }, now);
  return all;
}

const NOTHING_READ: ReadComments = { commanders: [], upTo: 0 };

async function nextPage(
  client: GitHubClient,
  { repository, pull, goOn }: CommentsRequest,
  { pageInfo }: CommentsAnswer,
): Promise<CommentsAnswer> {
  goOn?.();
  const { owner, repo: name } = repository;
  const variables = { owner, name, number: pull, after: pageInfo.endCursor };
  const answer = await graphql(client, { document: MORE_REMARKS, variables });
  const { comments } = parsed(moreAnswer, answer, `the comments of #${pull}`).repository.on;
  // A page that brings nothing new would be asked for without end.
  if (comments.pageInfo.hasNextPage && comments.pageInfo.endCursor === pageInfo.endCursor)
    throw new Inconsistent("the number of pages");
  return comments;
}
