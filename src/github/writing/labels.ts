import type { RepositoryRef } from "../../store/repository.ts";
import { type GitHubClient, rest } from "../client/client.ts";
import { NotFound } from "../client/errors.ts";

export interface PullRef {
  readonly repository: RepositoryRef;
  readonly pull: number;
}

export interface LabelChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** The pull request's current labels. */
  readonly current: readonly string[];
}

/** The App permission for labels. */
export const PULLS = "Pull requests: write";

/** The part of a change that still has to be made. Labels are compared without case, as on GitHub. */
export function labelDifference({ add, remove, current }: LabelChange): Omit<LabelChange, "current"> {
  const present = new Set(current.map((label) => label.toLowerCase()));
  const unwanted = new Set(remove.map((label) => label.toLowerCase()));
  return {
    add: add.filter((label) => !present.has(label.toLowerCase())),
    remove: current.filter((label) => unwanted.has(label.toLowerCase())),
  };
}

/**
 * Sets the labels, writing only the differences. GitHub creates labels that the repository lacks.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function applyLabels(
  client: GitHubClient,
  { repository: { owner, repo }, pull }: PullRef,
  change: LabelChange,
): Promise<void> {
  const { add: labels, remove } = labelDifference(change);
  if (labels.length > 0)
    await rest(client, {
      route: "POST /repos/{owner}/{repo}/issues/{pull}/labels",
      parameters: { owner, repo, pull, labels },
      need: PULLS,
    });
  for (const label of remove) {
    await rest(client, {
      route: "DELETE /repos/{owner}/{repo}/issues/{pull}/labels/{label}",
      parameters: { owner, repo, pull, label },
      need: PULLS,
      absent: "not-there",
    }).catch((error: unknown) => {
      if (!(error instanceof NotFound)) throw error;
    });
  }
}
