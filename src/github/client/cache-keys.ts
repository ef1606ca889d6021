import type { RepositoryRef } from "../../store/repository.ts";

/** With its id: another repository may bear the name later. With the installation first, of which all can be dropped. */
export function repositoryKey({ installationId, repositoryId, owner, repo }: RepositoryRef): string {
  return `${installationId}/${repositoryId}/${owner}/${repo}`.toLowerCase();
}

/** Ends in a separator, so that it is a prefix of this pull request's keys alone. */
export function pullKey(repository: RepositoryRef, pull: number): string {
  return `${repositoryKey(repository)}#${pull} `;
}
