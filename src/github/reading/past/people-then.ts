import { createPolicyDetector } from "../../../policy/detector.ts";
import { DEFAULT_POLICY } from "../../../policy/merge.ts";
import type { Policy } from "../../../policy/policy.ts";
import type { CommitFacts, Participant, Permission, PullRequestFacts } from "../../../signoff/snapshot.ts";
import type { GitHubClient } from "../../client/client.ts";
import { GitHubProblem } from "../../client/errors.ts";
import { closedIn } from "../closed-in.ts";
import { account } from "../people/actor.ts";
import { readCommanders } from "../people/comments.ts";
import { askedInIssues } from "../people/issues.ts";
import { readOrigin } from "../people/origin.ts";
import { distinct, pushers, requesters, starters } from "../people/participants.ts";
import type { Timeline } from "../people/timeline.ts";
import type { PullRequestData } from "../pull-request-data.ts";
import { missedPushes } from "../pushes/missed-pushes.ts";
import type { SnapshotRequest } from "../snapshot-request.ts";
import { givenBy } from "./as-of-merge.ts";

interface Parts extends SnapshotRequest {
  readonly evaluation: PullRequestData;
  readonly mergedAt: string;
  readonly facts: PullRequestFacts;
  readonly commits: readonly CommitFacts[];
  readonly events: Timeline;
  /** `null` where it was invalid. */
  readonly policy: Policy | null;
}

interface PeopleThen {
  readonly participants: readonly Participant[];
  readonly origin: Pick<PullRequestFacts, "performedVia" | "events">;
}

/**
 * Who took part, as far as the pull request itself, its issues, its timeline and its branch tell. The activity of other
 * branches would tell more, at some requests for each.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function peopleThen(client: GitHubClient, parts: Parts): Promise<PeopleThen> {
  const { evaluation, facts, commits, events, mergedAt } = parts;
  const detector = createPolicyDetector(parts.policy?.detect ?? DEFAULT_POLICY.detect, { known: [] });
  const seen = { pullRequest: facts, commits, detector, pushers: pushers(evaluation, events) };
  const { openedBy, starts, ai } = await readOrigin(client, parts, seen);
  const started = starts.filter(({ at }) => !(Date.parse(at) > Date.parse(mergedAt)));
  const reviews = givenBy(evaluation.pages.reviews.nodes, mergedAt);
  const isApproved = reviews.some(({ state }) => state === "APPROVED" || state === "DISMISSED");
  const participants = distinct([
    ...seen.pushers,
    ...(ai && isApproved ? await pushersOnBranch(client, parts) : []),
    ...(await readCommanders(client, parts, evaluation.pullRequest.comments)),
    ...(await requesters({ timeline: events, reviews, detector })),
    ...starters(started),
    ...(ai ? await askedInIssues(client, parts, { ...seen, closes: closedIn(evaluation) }) : []),
  ]);
  return {
    participants,
    origin: {
      ...(openedBy !== null && { performedVia: openedBy }),
      ...(started.length > 0 && { events: [...new Set(started.map(({ event }) => event))] }),
    },
  };
}

/** No App hears of pushes here, so that all of them were missed. */
const SOME_APP = 0;

/** Whoever moved the branch, of which an approval may be worth nothing then; nobody where GitHub does not tell. */
async function pushersOnBranch(client: GitHubClient, parts: Parts): Promise<readonly Participant[]> {
  const { commits, facts } = parts;
  const whence = { headRef: facts.head.ref, baseRef: facts.base.ref, fork: facts.fork };
  const request = { ...parts, appId: SOME_APP };
  try {
    return await missedPushes(client, request, { commits, records: [], ...whence }).onBranch(() => false);
  } catch (error) {
    if (error instanceof GitHubProblem) return [];
    throw error;
  }
}

/**
 * What reviewers may do, by what their reviews tell of them: who may write can be told from who may not, and no more.
 */
export function permissionsOf({ pages }: PullRequestData): Readonly<Record<number, Permission>> {
  return Object.fromEntries(
    pages.reviews.nodes.flatMap(({ author, authorCanPushToRepository }) => {
      const by = account(author);
      const permission: Permission = authorCanPushToRepository ? "write" : "read";
      return by?.type === "User" ? [[by.id, permission]] : [];
    }),
  );
}

/** Ids of the people who wrote something by then: a comment, a review with a text, a remark beside a line. */
export function spokeBy({ pages, pullRequest }: PullRequestData, mergedAt: string): readonly number[] {
  const reviews = givenBy(pages.reviews.nodes, mergedAt);
  const authors = [
    ...pullRequest.comments.nodes.map(({ author }) => author),
    ...reviews.flatMap(({ author, body, comments }) =>
      body.trim() === "" && comments.nodes.length === 0 ? [] : [author],
    ),
  ];
  return [...new Set(authors.flatMap((author) => account(author)?.id ?? []))];
}
