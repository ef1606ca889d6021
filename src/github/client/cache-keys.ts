import type { RepositoryRef } from "../../store/repository.ts";

export function repositoryKey({ installationId, owner, repo }: RepositoryRef): string {
  return `${installationId}/${owner}/${repo}`.toLowerCase();
}

/** Ends in a separator, so that it is a prefix of this pull request's keys alone. */
export function pullKey(repository: RepositoryRef, pull: number): string {
  return `${repositoryKey(repository)}#${pull} `;
}
