import { controlPatterns } from "../../policy/control-patterns.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Link } from "../../production/links/link.ts";
import type { GitHubClient } from "../client/client.ts";
import { readLinks } from "./content/links.ts";
import type { AuthorityRequest } from "./read-authority.ts";

/**
 * The links through which control files are read where the change goes. A stack is merged into its base; what lies
 * between may have links of its own.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export function readLinksOver(
  client: GitHubClient,
  { repository, evaluation, files, caches, now }: AuthorityRequest,
  policy: Policy | null,
): Promise<readonly Link[]> {
  const { pullRequest, governed } = evaluation;
  const base = pullRequest.baseRef?.target?.oid ?? pullRequest.baseRefOid;
  return readLinks(client, {
    repository,
    commits: [base, governed?.target?.oid ?? base],
    files,
    patterns: controlPatterns(policy),
    caches,
    now,
  });
}
