import { z } from "zod";
import type { Detector } from "../../../provenance/detector.ts";
import { numbersNamedIn } from "../../../provenance/requests/named-issues.ts";
import type { CommitFacts, CommitRecord, Participant } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { aliased } from "../../client/aliased.ts";
import type { Cache } from "../../client/cache.ts";
import { pullKey } from "../../client/cache-keys.ts";
import { type GitHubClient, parsed } from "../../client/client.ts";
import { GitHubProblem, Inconsistent } from "../../client/errors.ts";
import { graphql } from "../../client/graphql.ts";
import { PAGE_FIELDS, page } from "../../client/page.ts";
import { COMMENTS_PART, commentsAnswer, type ReadComments, readCommanders } from "./comments.ts";
import { distinct, requesters } from "./participants.ts";
import { REMARK_FIELDS, remarkAnswer } from "./reviews.ts";
import { ASKING_FIELDS, askingAnswers, remark, timeline } from "./timeline.ts";

/** How many one request asks about. */
const AT_ONCE = 100;
/** Whoever asked may stand in any of them, so more are not passed over. */
const MOST = 500;
/** Further pages of events that are read of all issues together. Who may not triage makes none. */
const MOST_PAGES = 100;
/** Further pages of comments that one reading takes, of all issues together. Anybody writes as many as they like. */
const PAGES_AT_ONCE = 25;
const READ_ON_MS = 60_000;
/** Those that GitHub is asked for at once. */
export const MOST_CLOSED = 100;

const ISSUES = aliased({
  variable: "number",
  type: "Int!",
  fields: { issue: (number) => `issueOrPullRequest(number: ${number}) { __typename ...Asked }` },
});

export function issuesDocument(count: number): string {
  return `
query CountersignIssues($owner: String!, $name: String!, ${ISSUES.variables(count)}) {
  repository(owner: $owner, name: $name, followRenames: false) { ${ISSUES.part("issue", count)} }
}
fragment Asked on Issue {
  title
  ${REMARK_FIELDS}
  timelineItems(first: 100, ${EVENTS}) { ${EVENT_FIELDS} }
  ${COMMENTS_PART}
}`;
}

/** The part of the document that asks for what anybody can make as much of as they like: it is read on. */
const EVENTS = "itemTypes: [ASSIGNED_EVENT, LABELED_EVENT]";
const EVENT_FIELDS = `${PAGE_FIELDS} nodes { __typename ${ASKING_FIELDS} }`;

export const MORE_EVENTS = `
query CountersignIssueEvents($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name, followRenames: false) {
    issue(number: $number) { timelineItems(first: 100, after: $after, ${EVENTS}) { ${EVENT_FIELDS} } }
  }
}`;

const eventsAnswer = page(z.discriminatedUnion("__typename", askingAnswers));

type EventsAnswer = z.infer<typeof eventsAnswer>;

const moreEventsAnswer = z.object({
  repository: z.object({ issue: z.object({ timelineItems: eventsAnswer }) }),
});

const issueAnswer = z.discriminatedUnion("__typename", [
  remarkAnswer.extend({
    __typename: z.literal("Issue"),
    title: z.string(),
    /** Apart from the comments, of which anybody can write as many as they like. */
    timelineItems: eventsAnswer,
    comments: commentsAnswer,
  }),
  z.object({ __typename: z.literal("PullRequest") }),
]);

const issuesAnswer = z.object({ repository: z.record(z.string(), issueAnswer.nullable()) });

interface IssuesRequest {
  readonly repository: RepositoryRef;
  readonly pull: number;
  readonly headSha: string;
  /** What is known under `#N`, too. */
  readonly recall: (subjects: readonly string[]) => Promise<readonly CommitRecord[]>;
  readonly caches: {
    readonly issues: Cache<AskedInIssues>;
    readonly comments: Cache<ReadComments>;
  };
  readonly now: Date;
  readonly notBefore: number;
}

export interface AskedInIssues {
  /** Of the issues, those included that are gone by now: whoever asked in one may have it deleted, or moved. */
  readonly numbers: readonly number[];
  readonly requesters: readonly Participant[];
}

/** The issues that GitHub says it closes. */
export interface Closes {
  readonly numbers: readonly number[];
  /** How many GitHub did not tell. */
  readonly untold: number;
}

interface Texts {
  readonly pullRequest: { readonly title: string; readonly body: string };
  readonly commits: readonly CommitFacts[];
  readonly closes: Closes;
  readonly detector: Detector;
}

/**
 * Who asked for the change in an issue that the pull request closes or names, as far as it was heard or is shown.
 * @throws {GitHubUnavailable | GitHubProblem | Inconsistent}
 */
export async function askedInIssues(
  client: GitHubClient,
  request: IssuesRequest,
  texts: Texts,
): Promise<readonly Participant[]> {
  const named = numbersIn(request, texts);
  if (named.length === 0) return [];
  const { numbers, requesters: shown } = await readIssues(client, request, { named, ...texts });
  const heard = await request.recall(numbers.map((number) => `#${number}`));
  return [
    ...heard.flatMap(({ sha: subject, participants }) =>
      participants
        .filter(({ role }) => role === "requester")
        .map((each) => ({ ...each, because: `${each.because} in ${subject}` })),
    ),
    ...shown,
  ];
}

function numbersIn({ repository, pull }: IssuesRequest, texts: Texts): readonly number[] {
  const { title, body } = texts.pullRequest;
  const all = [title, body, ...texts.commits.map(({ message }) => message)];
  const name = `${repository.owner}/${repository.repo}`;
  const { closes } = texts;
  const numbers = new Set([...closes.numbers, ...all.flatMap((text) => numbersNamedIn(text, name))]);
  numbers.delete(pull);
  if (numbers.size > MOST || closes.untold > 0)
    throw new GitHubProblem({
      code: "evidence/too-many-issues",
      message: `This pull request names ${numbers.size + closes.untold} issues; those who asked for it are looked for in ${MOST} at most, and in ${MOST_CLOSED} that it closes.`,
      remedy: "Name fewer in its title, its text and its commits, or split it.",
    });
  return [...numbers];
}

async function readIssues(
  client: GitHubClient,
  { repository, pull, headSha, caches, now, notBefore }: IssuesRequest,
  { named, detector }: { readonly named: readonly number[]; readonly detector: Detector },
): Promise<AskedInIssues> {
  const key = `${pullKey(repository, pull)}${headSha} ${named.join(" ")}`;
  const known = caches.issues.get(key, now, notBefore);
  if (known !== undefined) return known;
  const shown: NamedIssue[] = [];
  for (let from = 0; from < named.length; from += AT_ONCE)
    shown.push(...(await askAbout(client, repository, named.slice(from, from + AT_ONCE))));
  const found: Participant[] = [];
  const goOn = withinPages(named.length, MOST_PAGES);
  const readOn = withinPages(named.length, PAGES_AT_ONCE, READ_ON_MS);
  for (const { number, issue } of shown) {
    if (issue === null) continue;
    const texts = [remark({ ...issue, body: issue.title }), remark(issue)];
    const events = await allEvents(client, { repository, number, goOn }, issue.timelineItems);
    const whole = { ...timeline(events), comments: texts };
    const asked = [
      ...(await requesters({ timeline: whole, reviews: [], detector })),
      ...(await readCommanders(
        client,
        { repository, pull: number, goOn: readOn, caches, now },
        issue.comments,
      )),
    ];
    for (const each of distinct(asked)) found.push({ ...each, because: `${each.because} in #${number}` });
  }
  const asked: AskedInIssues = { numbers: shown.map(({ number }) => number), requesters: found };
  caches.issues.set(key, asked, now);
  return asked;
}

/** Whether one more page may be read, so that a single pull request cannot have any number of them read at once. */
function withinPages(issues: number, most: number, readOnMs?: number): () => void {
  let left = most;
  const which = issues === 1 ? "the issue" : `the ${issues} issues`;
  return () => {
    left -= 1;
    if (left < 0) throw readOnMs === undefined ? tooLong(which) : tooLongAtOnce(which, readOnMs);
  };
}

function tooLong(which: string): GitHubProblem {
  return new GitHubProblem({
    code: "evidence/issues-too-long",
    message: `More happened in ${which} that this pull request names than is read, and somebody may have asked for it there.`,
    remedy: "Name a shorter issue in its title, its text and its commits in place of the longest one.",
  });
}

function tooLongAtOnce(which: string, readOnMs: number): GitHubProblem {
  return new GitHubProblem(
    {
      code: "evidence/issues-too-long",
      message: `More is written in ${which} that this pull request names than is read at once, and somebody may have asked for it there.`,
      remedy:
        "No action needed: Countersign reads on in a minute. To have it judged sooner, name a shorter issue in its title, its text and its commits.",
    },
    readOnMs,
  );
}

interface EventsRequest {
  readonly repository: RepositoryRef;
  readonly number: number;
  readonly goOn: () => void;
}

async function allEvents(
  client: GitHubClient,
  { repository: { owner, repo: name }, number, goOn }: EventsRequest,
  first: EventsAnswer,
): Promise<EventsAnswer["nodes"]> {
  const events = [...first.nodes];
  for (let { hasNextPage, endCursor: after } = first.pageInfo; hasNextPage; ) {
    goOn();
    const answer = await graphql(client, {
      document: MORE_EVENTS,
      variables: { owner, name, number, after },
    });
    const more = parsed(moreEventsAnswer, answer, `the events of #${number}`).repository.issue.timelineItems;
    // A page that brings nothing new would be asked for without end.
    if (more.pageInfo.hasNextPage && more.pageInfo.endCursor === after)
      throw new Inconsistent("the number of pages");
    events.push(...more.nodes);
    ({ hasNextPage, endCursor: after } = more.pageInfo);
  }
  return events;
}

interface NamedIssue {
  readonly number: number;
  /** `null` where nothing bears the number now. */
  readonly issue: Extract<z.infer<typeof issueAnswer>, { readonly __typename: "Issue" }> | null;
}

/** Those that are no pull requests. */
async function askAbout(
  client: GitHubClient,
  { owner, repo: name }: RepositoryRef,
  numbers: readonly number[],
): Promise<readonly NamedIssue[]> {
  const answer = await graphql(client, {
    document: issuesDocument(numbers.length),
    variables: { owner, name, ...ISSUES.values(numbers) },
    // A number that nothing bears.
    tolerated: ({ type, path }) => type === "NOT_FOUND" && /^repository\.issue\d+$/.test(path),
  });
  const told = parsed(issuesAnswer, answer, "the issues that are named").repository;
  return ISSUES.answers("issue", told, numbers).flatMap(([number, issue = null]) =>
    issue?.__typename === "PullRequest" ? [] : [{ number, issue }],
  );
}
