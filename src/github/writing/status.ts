import type { RepositoryRef } from "../../store/repository.ts";
import { type GitHubClient, namesNextPage, rest } from "../client/client.ts";
import { headersOf } from "../client/errors.ts";
import { LIMITS } from "../client/limits.ts";

/** Nothing requires it, and it lets nothing through: the gate is the check. */
const LEDGER_STATUS = "countersign ledger";

/** A status of a commit. Nobody can edit or delete one (REST, "Commit statuses"). */
export interface LedgerStatus {
  readonly sha: string;
  /** The hash of the ledger's last entry. */
  readonly hash: string;
}

/** @throws {GitHubUnavailable | GitHubProblem | NotFound} */
export async function setLedgerStatus(
  client: GitHubClient,
  repository: RepositoryRef,
  { sha, hash }: LedgerStatus,
): Promise<void> {
  await setStatus(client, repository, {
    ...{ sha, context: LEDGER_STATUS, state: "success", description: `Ledger: ${hash}` },
  });
}

export interface CommitStatus {
  readonly sha: string;
  readonly context: string;
  readonly state: "error" | "failure" | "success";
  /** Plain text; cut at GitHub's limit. */
  readonly description: string;
  /** Where "Details" leads. */
  readonly targetUrl?: string;
}

/** @throws {GitHubUnavailable | GitHubProblem | NotFound} */
export async function setStatus(
  client: GitHubClient,
  { owner, repo }: Pick<RepositoryRef, "owner" | "repo">,
  { sha, context, state, description, targetUrl }: CommitStatus,
): Promise<void> {
  await rest(client, {
    route: "POST /repos/{owner}/{repo}/statuses/{sha}",
    parameters: {
      ...{ owner, repo, sha, state, context, description: statusText(description) },
      ...(targetUrl !== undefined && { target_url: targetUrl }),
    },
    need: "Commit statuses: write",
  });
}

/** What a status says of it. */
export function statusText(description: string): string {
  const most = LIMITS.statusDescription;
  return description.length <= most ? description : `${description.slice(0, most - 1).toWellFormed()}…`;
}

/**
 * How many statuses a commit has of all contexts, as far as it is told apart from "one page or less".
 * @throws {GitHubUnavailable | GitHubProblem | NotFound}
 */
export async function countStatuses(
  client: GitHubClient,
  { owner, repo }: Pick<RepositoryRef, "owner" | "repo">,
  sha: string,
): Promise<number> {
  const { headers } = await rest(client, {
    route: "GET /repos/{owner}/{repo}/commits/{ref}/statuses",
    parameters: { owner, repo, ref: sha, per_page: 1 },
    need: "Commit statuses: read",
  });
  if (!namesNextPage(headers)) return 1;
  const last = /<([^<>]*)>; ?rel="?last"?/.exec(headersOf({ headers }).link ?? "")?.[1] ?? "";
  const page = Number(URL.parse(last)?.searchParams.get("page") ?? Number.NaN);
  // A list that goes on without saying how far is as long as can be.
  return page > 0 ? page : Number.POSITIVE_INFINITY;
}
