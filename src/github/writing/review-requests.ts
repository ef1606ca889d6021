import { type GitHubClient, rest } from "../client/client.ts";
import { GitHubProblem, GitHubUnavailable } from "../client/errors.ts";
import { LIMITS } from "../client/limits.ts";
import { PULLS, type PullRef } from "./labels.ts";

/** Logins, and slugs of teams. */
interface Reviewers {
  readonly users: readonly string[];
  readonly teams: readonly string[];
}

/** Somebody whose review could not be requested, and GitHub's reason. */
export interface NotAsked {
  readonly reviewer: string;
  readonly reason: string;
}

/** Reviewers to request, and those already requested. */
export interface ReviewRequest {
  readonly wanted: Reviewers;
  readonly current: Reviewers;
}

export interface Reviewer {
  readonly kind: "user" | "team";
  readonly name: string;
}

/** Those not requested yet. */
export function missingReviewers({ wanted, current }: ReviewRequest): readonly Reviewer[] {
  return [
    ...without(wanted.users, current.users).map((name): Reviewer => ({ kind: "user", name })),
    ...without(wanted.teams, current.teams).map((name): Reviewer => ({ kind: "team", name })),
  ];
}

/**
 * Requests reviews. GitHub rejects a whole request for a single bad name, so a rejected one is repeated name by name.
 * Rejections are returned with GitHub's reason, not thrown: the verdict does not depend on them.
 */
export async function requestReviews(
  client: GitHubClient,
  pull: PullRef,
  reviewers: readonly Reviewer[],
): Promise<readonly NotAsked[]> {
  const failures: NotAsked[] = [];
  for (let start = 0; start < reviewers.length; start += LIMITS.reviewersPerRequest) {
    const batch = reviewers.slice(start, start + LIMITS.reviewersPerRequest);
    const reason = await ask(client, pull, batch);
    if (reason === null) continue;
    if (batch.length === 1 || reason.final) failures.push(...batch.map((one) => notAsked(one, reason.text)));
    else failures.push(...(await askSingly(client, pull, batch)));
  }
  return failures;
}

async function askSingly(
  client: GitHubClient,
  pull: PullRef,
  batch: readonly Reviewer[],
): Promise<readonly NotAsked[]> {
  const failures: NotAsked[] = [];
  for (const one of batch) {
    const reason = await ask(client, pull, [one]);
    if (reason !== null) failures.push(notAsked(one, reason.text));
  }
  return failures;
}

interface Reason {
  readonly text: string;
  /** True if a shorter request would not help. */
  readonly final: boolean;
}

async function ask(
  client: GitHubClient,
  { repository: { owner, repo }, pull }: PullRef,
  reviewers: readonly Reviewer[],
): Promise<Reason | null> {
  const names = (kind: Reviewer["kind"]) => reviewers.flatMap((one) => (one.kind === kind ? [one.name] : []));
  try {
    await rest(client, {
      route: "POST /repos/{owner}/{repo}/pulls/{pull}/requested_reviewers",
      parameters: { owner, repo, pull, reviewers: names("user"), team_reviewers: names("team") },
      need: PULLS,
    });
    return null;
  } catch (error) {
    if (error instanceof GitHubProblem)
      return { text: error.message, final: error.problem.code !== "github/rejected" };
    if (error instanceof GitHubUnavailable) return { text: error.message, final: true };
    throw error;
  }
}

export function notAsked({ name }: Reviewer, reason: string): NotAsked {
  return { reviewer: name, reason };
}

function without(names: readonly string[], known: readonly string[]): readonly string[] {
  const present = new Set(known.map((name) => name.toLowerCase()));
  return names.filter((name) => !present.has(name.toLowerCase()));
}
