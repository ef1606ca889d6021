import { controlPatterns } from "../../policy/control-patterns.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Link } from "../../production/links/link.ts";
import { namesThroughLinks } from "../../production/links/read-as.ts";
import type { GitHubClient } from "../client/client.ts";
import { readLinks } from "./content/links.ts";
import type { AuthorityRequest } from "./read-authority.ts";

interface LinksOver {
  readonly links: readonly Link[];
  /** The names that changed files have through them. */
  readonly names: readonly string[];
}

/**
 * The links through which control files are read where the change goes. A stack is merged into its base; what lies
 * between may have links of its own.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function readLinksOver(
  client: GitHubClient,
  { repository, evaluation, files, caches, now }: AuthorityRequest,
  policy: Policy | null,
): Promise<LinksOver> {
  const { pullRequest, governed } = evaluation;
  const base = pullRequest.baseRef?.target?.oid ?? pullRequest.baseRefOid;
  const patterns = controlPatterns(policy);
  const links = await readLinks(client, {
    repository,
    commits: [base, governed?.target?.oid ?? base],
    files,
    patterns,
    caches,
    now,
  });
  return { links, names: namesThroughLinks(files, links, patterns) };
}
