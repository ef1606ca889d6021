import { z } from "zod";
import type { Participant } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import { pullKey } from "../../client/cache-keys.ts";
import { type GitHubClient, parsed } from "../../client/client.ts";
import { GitHubProblem, Inconsistent } from "../../client/errors.ts";
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
  /** Left out where all of them were read. */
  readonly unread?: Unread;
}

/** The older comments, which were too many for one reading. */
interface Unread {
  /** The cursor before the page that was read last, so that it is seen that nothing is passed over. */
  readonly after: string | null;
  /** When the oldest that was read was written or edited, in milliseconds. */
  readonly downTo: number;
}

interface CommentsRequest {
  readonly repository: RepositoryRef;
  /** Of the pull request, or of the issue: both are numbered alike. */
  readonly pull: number;
  /** Asked before each further page, which it may refuse: the next reading goes on from there. */
  readonly goOn?: () => void;
  readonly caches: { readonly comments: Cache<ReadComments> };
  readonly now: Date;
}

/** GitHub may show a comment later than one that was written after it. */
const MAY_LAG_MS = 60_000;

/**
 * Who gave an agent a command in a comment. `latest` is the first page; it is read on from there only to where an
 * earlier reading has been, and then from where that was given up. What is deleted or edited meanwhile was heard by its
 * event.
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
  const reading = new Reading(client, request, known);
  try {
    const { unread } = known;
    const isReached = await reading.down({ comments: latest, before: null }, known.upTo - MAY_LAG_MS);
    if (isReached && unread !== undefined) {
      const comments = await nextPage(client, request, unread.after);
      if (!comments.nodes.some(({ updatedAt }) => Date.parse(updatedAt) >= unread.downTo)) {
        caches.comments.drop(key);
        throw new Inconsistent("the number of pages");
      }
      await reading.down({ comments, before: unread.after }, Number.NEGATIVE_INFINITY);
    }
  } catch (error) {
    if (error instanceof GitHubProblem) caches.comments.set(key, reading.soFar(), now);
    throw error;
  }
  const { commanders: all, upTo } = reading.soFar();
  caches.comments.set(key, { commanders: all, upTo }, now);
  return all;
}

const NOTHING_READ: ReadComments = { commanders: [], upTo: 0 };

interface Page {
  readonly comments: CommentsAnswer;
  /** The cursor that led to it; `null` for the first one. */
  readonly before: string | null;
}

/** One reading, from newer pages to older ones. */
class Reading {
  readonly #client: GitHubClient;
  readonly #request: CommentsRequest;
  readonly #commanders: Participant[];
  #upTo: number;
  #unread: Unread | undefined;
  readonly #pauses = new Pauses();

  constructor(client: GitHubClient, request: CommentsRequest, { commanders, upTo, unread }: ReadComments) {
    this.#client = client;
    this.#request = request;
    this.#commanders = [...commanders];
    this.#upTo = upTo;
    this.#unread = unread;
  }

  /** What was read, with what is left from where it was given up. */
  soFar(): ReadComments {
    const commanders = distinct(this.#commanders);
    return { commanders, upTo: this.#upTo, ...(this.#unread && { unread: this.#unread }) };
  }

  /** On from a page to those before `since`. Whether it came there, or to the end, and was not there already. */
  async down({ comments, before }: Page, since: number): Promise<boolean> {
    for (let page: Page | null = { comments, before }; page !== null; ) {
      const { nodes, pageInfo }: CommentsAnswer = page.comments;
      const fresh = nodes.filter(({ updatedAt }) => !(Date.parse(updatedAt) < since));
      await this.#read(fresh);
      if (!pageInfo.hasNextPage || fresh.length < nodes.length) return fresh.length < nodes.length;
      page = await this.#after(page);
    }
    return false;
  }

  async #read(fresh: CommentsAnswer["nodes"]): Promise<void> {
    for (const answer of fresh) {
      const read = remark(answer);
      if (areAmong(this.#commanders, read)) continue;
      await this.#pauses.pause();
      this.#commanders.push(...commanders(read));
    }
    this.#upTo = Math.max(this.#upTo, ...fresh.map(({ updatedAt }) => Date.parse(updatedAt) || 0));
  }

  /** What is not read for now begins here, wherever it began before: all that is below is read once more. */
  async #after({ comments: { nodes, pageInfo }, before }: Page): Promise<Page> {
    const { endCursor } = pageInfo;
    const unread = { after: before, downTo: Date.parse(nodes.at(-1)?.updatedAt ?? "") };
    try {
      return { comments: await nextPage(this.#client, this.#request, endCursor), before: endCursor };
    } catch (error) {
      this.#unread = unread;
      throw error;
    }
  }
}

async function nextPage(
  client: GitHubClient,
  { repository, pull, goOn }: CommentsRequest,
  after: string | null,
): Promise<CommentsAnswer> {
  goOn?.();
  const { owner, repo: name } = repository;
  const variables = { owner, name, number: pull, after };
  const answer = await graphql(client, { document: MORE_REMARKS, variables });
  const { comments } = parsed(moreAnswer, answer, `the comments of #${pull}`).repository.on;
  // A page that brings nothing new would be asked for without end.
  if (comments.pageInfo.hasNextPage && comments.pageInfo.endCursor === after)
    throw new Inconsistent("the number of pages");
  return comments;
}
