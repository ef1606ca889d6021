import { Inconsistent } from "../client/errors.ts";
import { timeline } from "./people/timeline.ts";
import type { PullFacts, ReadChange } from "./pull.ts";
import type { PullRequestData } from "./pull-request-data.ts";

interface Expected {
  readonly headSha: string;
  /** Whether the base's commit may differ: GitHub lets it go stale, so a lasting difference in it proves nothing. */
  readonly baseMayLag: boolean;
}

/**
 * What the files and the evaluation, which was read after them, agree on.
 *
 * Where nothing was read before the files, only their head is sure. They then hold for this base when it never was
 * another one: a base that was changed once may have been changed between the two answers.
 * @throws {Inconsistent}
 */
export function agreedFacts(
  { files, facts }: ReadChange,
  evaluation: PullRequestData,
  { headSha, baseMayLag }: Expected,
): PullFacts {
  const { pullRequest, pages } = evaluation;
  const { headRefOid, baseRefName, baseRefOid, changedFiles, stack } = pullRequest;
  const sameBase =
    facts === null
      ? timeline(pages.timelineItems.nodes).baseChangedAt === null
      : facts.baseRef === baseRefName;
  const sameCommit = facts === null || baseMayLag || facts.baseSha === baseRefOid;
  const differences = [
    ...(headRefOid === headSha ? [] : ["the head commit"]),
    ...(sameBase ? [] : ["the base branch"]),
    ...(changedFiles === files.length ? [] : ["the number of changed files"]),
    ...(sameCommit ? [] : ["the base's commit"]),
  ];
  if (differences.length > 0) throw new Inconsistent(differences.join(", "));
  const stackBase = stack === undefined ? (facts?.stackBase ?? null) : (stack?.baseRefName ?? null);
  return { headSha, baseRef: baseRefName, baseSha: baseRefOid, stackBase, changedFiles };
}
