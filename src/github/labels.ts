import type { RepositoryRef } from "../store/store.ts";
import { type GitHubClient, rest } from "./client.ts";
import { NotFound } from "./errors.ts";

export interface PullRef {
  readonly repository: RepositoryRef;
  readonly pull: number;
}

export interface LabelChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** The labels the pull request bears. */
  readonly current: readonly string[];
}

const NEED = "Pull requests: write";

/**
 * Makes the labels stand as they should, and writes only what differs. Labels compare without case, as on GitHub;
 * one that the repository lacks GitHub makes.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function applyLabels(
  client: GitHubClient,
  { repository: { owner, repo }, pull }: PullRef,
  { add, remove, current }: LabelChange,
): Promise<void> {
  const present = new Set(current.map((label) => label.toLowerCase()));
  const labels = add.filter((label) => !present.has(label.toLowerCase()));
  if (labels.length > 0)
    await rest(client, {
      route: "POST /repos/{owner}/{repo}/issues/{pull}/labels",
      parameters: { owner, repo, pull, labels },
      need: NEED,
    });
  const unwanted = new Set(remove.map((label) => label.toLowerCase()));
  for (const label of current.filter((one) => unwanted.has(one.toLowerCase()))) {
    await rest(client, {
      route: "DELETE /repos/{owner}/{repo}/issues/{pull}/labels/{label}",
      parameters: { owner, repo, pull, label },
      need: NEED,
      absent: "not-there",
    }).catch((error: unknown) => {
      if (!(error instanceof NotFound)) throw error;
    });
  }
}
