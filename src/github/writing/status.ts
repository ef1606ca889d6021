import type { RepositoryRef } from "../../store/repository.ts";
import { type GitHubClient, rest } from "../client/client.ts";

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
  { owner, repo }: RepositoryRef,
  { sha, hash }: LedgerStatus,
): Promise<void> {
  await rest(client, {
    route: "POST /repos/{owner}/{repo}/statuses/{sha}",
    parameters: {
      owner,
      repo,
      sha,
      state: "success",
      context: LEDGER_STATUS,
      description: `Ledger: ${hash}`,
    },
    need: "Commit statuses: write",
  });
}
