import { z } from "zod";
import { CODEOWNERS_LOCATIONS } from "../../../ownership/ownership.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { type GitHubClient, parsed } from "../../client/client.ts";
import { graphql } from "../../client/graphql.ts";
import { SOURCE_FILE_FRAGMENT, sourceFileAnswer } from "./source-file.ts";

/** A branch with the places where its CODEOWNERS may be, and what git is told of its files. */
export const GOVERNED_FRAGMENT = `
fragment Governed on Ref {
  name
  prefix
  target {
    oid
    ... on Commit {
      attributes: file(path: ".gitattributes") { ...SourceFile }
      ${CODEOWNERS_LOCATIONS.map((path, index) => `codeowners${index}: file(path: "${path}") { ...SourceFile }`).join("\n")}
    }
  }
}`;

export const governedAnswer = z.object({
  name: z.string(),
  prefix: z.literal("refs/heads/"),
  target: z.looseObject({ oid: z.string(), attributes: sourceFileAnswer.nullish() }).nullable(),
});

/** The branch whose rules GitHub applies to a pull request, as it stands. */
export type Governed = z.infer<typeof governedAnswer>;

/** A branch by its full name: a bare one may also be a tag's. */
export const GOVERNED = `
query CountersignGoverned($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name, followRenames: false) { governed: ref(qualifiedName: $ref) { ...Governed } }
}
${GOVERNED_FRAGMENT}
${SOURCE_FILE_FRAGMENT}`;

const answerOf = z.object({ repository: z.object({ governed: governedAnswer.nullable() }) });

/**
 * A branch, or `null` where it does not exist.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem}
 */
export async function readGoverned(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  branch: string,
): Promise<Governed | null> {
  const variables = { owner, name: repo, ref: `refs/heads/${branch}` };
  const answer = await graphql(client, { document: GOVERNED, variables });
  return parsed(answerOf, answer, `the branch ${branch}`).repository.governed;
}
