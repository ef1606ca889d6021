import { z } from "zod";
import { CODEOWNERS_LOCATIONS } from "../../../ownership/ownership.ts";
import { CONFIG_PATH } from "../../../policy/source.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { aliased } from "../../client/aliased.ts";
import { type GitHubClient, parsed } from "../../client/client.ts";
import { graphql } from "../../client/graphql.ts";
import { SOURCE_FILE_FRAGMENT, type SourceFileAnswer, sourceFileAnswer } from "../rules/source-file.ts";

const COMMITS = aliased({
  variable: "commit",
  type: "GitObjectID!",
  fields: { past: (oid) => `object(oid: ${oid}) { __typename ...Rules }` },
});

export function rulesOfThenDocument(count: number): string {
  return `
query CountersignRulesOfThen($owner: String!, $name: String!, $configPath: String!, ${COMMITS.variables(count)}) {
  repository(owner: $owner, name: $name, followRenames: false) { ${COMMITS.part("past", count)} }
}
fragment Rules on Commit {
  oid
  config: file(path: $configPath) { ...SourceFile }
  ${CODEOWNERS_LOCATIONS.map((path, index) => `codeowners${index}: file(path: "${path}") { ...SourceFile }`).join("\n")}
}
${SOURCE_FILE_FRAGMENT}`;
}

const rulesAnswer = z.looseObject({ oid: z.string(), config: sourceFileAnswer.nullable() });

/** What a commit holds of the rules; its CODEOWNERS by place. */
export interface RulesOfThen {
  readonly oid: string;
  readonly config: SourceFileAnswer | null;
  readonly [codeowners: `codeowners${number}`]: unknown;
}

const answerOf = z.object({ repository: z.record(z.string(), z.unknown()) });
const typeAnswer = z.looseObject({ __typename: z.string() }).nullable();

/**
 * The rules at these commits, by commit; one that GitHub no longer has is left out. Each may bring a CODEOWNERS of some
 * length, so that not many are asked for at once.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem}
 */
export async function rulesOfThen(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  commits: readonly string[],
): Promise<ReadonlyMap<string, RulesOfThen>> {
  const distinct = [...new Set(commits)];
  const answer = await graphql(client, {
    document: rulesOfThenDocument(distinct.length),
    variables: { owner, name: repo, configPath: CONFIG_PATH, ...COMMITS.values(distinct) },
    tolerated: ({ type, path }) => type === "NOT_FOUND" && /^repository\.past\d+$/.test(path),
  });
  const { repository } = parsed(answerOf, answer, "the rules of then");
  return new Map(
    COMMITS.answers("past", repository, distinct).flatMap(([sha, told]) =>
      parsed(typeAnswer, told ?? null, sha)?.__typename === "Commit"
        ? [[sha, parsed(rulesAnswer, told, sha)]]
        : [],
    ),
  );
}
