import { z } from "zod";
import type { Detector } from "../../../provenance/detector.ts";
import { numbersNamedIn } from "../../../provenance/requests/named-issues.ts";
import type { CommitFacts, CommitRecord, Participant } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { aliased } from "../../client/aliased.ts";
import type { Cache } from "../../client/cache.ts";
import { pullKey } from "../../client/cache-keys.ts";
import { type GitHubClient, parsed } from "../../client/client.ts";
import { GitHubProblem } from "../../client/errors.ts";
import { graphql } from "../../client/graphql.ts";
import { requesters } from "./participants.ts";
import { REMARK_FIELDS, remarkAnswer } from "./reviews.ts";
import { ASKING_FIELDS, askingAnswers, remark, timeline } from "./timeline.ts";

/** How many one request asks about. */
const AT_ONCE = 100;
/** Whoever asked may stand in any of them, so more are not passed over. */
const MOST = 500;
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
  timelineItems(last: 100, itemTypes: [ASSIGNED_EVENT, LABELED_EVENT]) { nodes { __typename ${ASKING_FIELDS} } }
  comments(last: 50) { nodes { ${REMARK_FIELDS} } }
}`;
}

const itemAnswer = z.discriminatedUnion("__typename", askingAnswers);

const issueAnswer = z.discriminatedUnion("__typename", [
  remarkAnswer.extend({
    __typename: z.literal("Issue"),
    title: z.string(),
    /** Apart from the comments, of which anybody can write as many as they like. */
    timelineItems: z.object({ nodes: z.array(itemAnswer) }),
    comments: z.object({ nodes: z.array(remarkAnswer) }),
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
  readonly caches: { readonly issues: Cache<AskedInIssues> };
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
 * @throws {GitHubUnavailable | GitHubProblem}
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
  for (const { number, issue } of shown) {
    if (issue === null) continue;
    const title = remark({ ...issue, body: issue.title });
    const comments = [title, remark(issue), ...issue.comments.nodes.map(remark)];
    const whole = { ...timeline(issue.timelineItems.nodes), comments };
    for (const each of await requesters({ timeline: whole, reviews: [], detector }))
      found.push({ ...each, because: `${each.because} in #${number}` });
  }
  const asked: AskedInIssues = { numbers: shown.map(({ number }) => number), requesters: found };
  caches.issues.set(key, asked, now);
  return asked;
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
