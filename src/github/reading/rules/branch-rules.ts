import { z } from "zod";
import { CONFIG_PATH, type PolicySources } from "../../../policy/source.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { type GitHubClient, parsed } from "../../client/client.ts";
import { NotFound } from "../../client/errors.ts";
import { graphql } from "../../client/graphql.ts";
import { GOVERNED_FRAGMENT, governedAnswer } from "./governed.ts";
import { SOURCE_FILE_FRAGMENT, sourceFileAnswer } from "./source-file.ts";
import { codeownersTold, policySources } from "./sources.ts";

export const DEFAULT_BRANCH_CONFIG = `
  defaultBranchRef { name target { oid ... on Commit { config: file(path: $configPath) { ...SourceFile } } } }`;

/** The rules of a repository, of which no pull request asks. */
export const BRANCH_RULES = `
query CountersignBranchRules($owner: String!, $name: String!, $configPath: String!) {
  repository(owner: $owner, name: $name, followRenames: false) {
    ${DEFAULT_BRANCH_CONFIG}
    governed: defaultBranchRef { ...Governed }
  }
  floor: repository(owner: $owner, name: ".github") { ${DEFAULT_BRANCH_CONFIG} }
}
${GOVERNED_FRAGMENT}
${SOURCE_FILE_FRAGMENT}`;

export const defaultBranchAnswer = z
  .object({
    name: z.string(),
    target: z.object({ oid: z.string(), config: sourceFileAnswer.nullable() }).nullable(),
  })
  .nullable();

const answerOf = z.object({
  repository: z
    .object({ defaultBranchRef: defaultBranchAnswer, governed: governedAnswer.nullable() })
    .nullable(),
  floor: z.object({ defaultBranchRef: defaultBranchAnswer }).nullable(),
});

/** What says which branches are governed, and where the default branch is. */
export interface BranchRulesRead {
  readonly sources: PolicySources;
  readonly defaultBranch: { readonly branch: string; readonly tip: string };
  /** CODEOWNERS of the default branch, as far as it was told: it decides nothing. */
  readonly codeowners: string;
}

/**
 * `null` where the repository is empty.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem}
 */
export async function readBranchRules(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  known: { readonly floorSeen?: boolean },
): Promise<BranchRulesRead | null> {
  const answer = await graphql(client, {
    document: BRANCH_RULES,
    variables: { owner, name: repo, configPath: CONFIG_PATH },
    tolerated: ({ type, path }) => type === "NOT_FOUND" && path === "floor",
  });
  const { repository, floor } = parsed(answerOf, answer, `the rules of ${owner}/${repo}`);
  if (repository === null) throw new NotFound(`${owner}/${repo} is gone`);
  const branch = repository.defaultBranchRef;
  if (branch?.target == null) return null;
  const told = { repository: { defaultBranchRef: branch, head: null }, floor };
  return {
    sources: policySources(told, { owner, ...known }, []),
    defaultBranch: { branch: branch.name, tip: branch.target.oid },
    codeowners: codeownersTold(repository.governed),
  };
}
