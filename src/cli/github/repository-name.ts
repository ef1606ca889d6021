import { InvalidArgumentError } from "commander";

export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** For commands that take a repository on GitHub. */
export function repositoryOf(text: string): RepositoryName {
  const [, owner, repo] = /^([a-z0-9][\w-]*)\/(?!\.{1,2}$)([\w.-]+)$/i.exec(text) ?? [];
  if (owner === undefined || repo === undefined) {
    throw new InvalidArgumentError("Expected OWNER/REPO, such as acme/shop.");
  }
  return { owner, repo };
}
