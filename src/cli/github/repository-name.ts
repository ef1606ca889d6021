import { InvalidArgumentError } from "commander";
import { hostIn } from "./host.ts";

export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
  /** Where the address that was pasted lies. */
  readonly host?: string;
}

const NAME = /^([a-z0-9][\w-]*)\/((?!\.{1,2}$)[\w.-]+)$/i;
const PAGE = /^\/([^/]+)\/([^/]+?)(?:\.git)?(?:\/.*)?$/;

/** For commands that take a repository on GitHub. */
export function repositoryNameOf(text: string): RepositoryName {
  const host = hostIn(text);
  const [, ownerOfPage, repoOfPage] = host === null ? [] : (PAGE.exec(new URL(text).pathname) ?? []);
  const name = ownerOfPage === undefined ? text : `${ownerOfPage}/${repoOfPage}`;
  const [, owner, repo] = NAME.exec(name) ?? [];
  if (owner === undefined || repo === undefined)
    throw new InvalidArgumentError("Expected OWNER/REPO, such as acme/shop.");
  return { owner, repo, ...(host !== null && { host }) };
}
