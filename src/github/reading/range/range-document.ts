import { z } from "zod";
import { CODEOWNERS_LOCATIONS } from "../../../ownership/ownership.ts";
import { CONFIG_PATH } from "../../../policy/source.ts";
import { NOTEBOOKS } from "../../../provenance/attested/notes.ts";
import type { CommitFacts } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { aliased } from "../../client/aliased.ts";
import { type GitHubClient, parsed } from "../../client/client.ts";
import { GitHubProblem, NotFound } from "../../client/errors.ts";
import { graphql } from "../../client/graphql.ts";
import { COMMIT_FIELDS, commitAnswer, commitOf, GIT_IDENTITY_FRAGMENT } from "../content/commits.ts";
import { DEFAULT_BRANCH_CONFIG, defaultBranchAnswer } from "../rules/branch-rules.ts";
import { SOURCE_FILE_FRAGMENT, sourceFileAnswer } from "../rules/source-file.ts";

const COMMITS = aliased({
  variable: "commit",
  type: "GitObjectID!",
  fields: { commit: (oid) => `object(oid: ${oid}) { __typename ... on Commit {${COMMIT_FIELDS} } }` },
});

const CODEOWNERS = CODEOWNERS_LOCATIONS.map(
  (path, index) => `codeowners${index}: file(path: "${path}") { ...SourceFile }`,
).join(" ");

/** The commits that came into a branch, the rules by which they would have been judged, and who keeps notes. */
export function rangeDocument(count: number): string {
  return `
query CountersignRange(
  $owner: String!, $name: String!, $before: GitObjectID!, $after: GitObjectID!, $configPath: String!,
  ${COMMITS.variables(count)}
) {
  repository(owner: $owner, name: $name, followRenames: false) {
    ${DEFAULT_BRANCH_CONFIG}
    gitAi: ref(qualifiedName: "${NOTEBOOKS.gitAi.ref}") { target { oid } }
    agentTrace: ref(qualifiedName: "${NOTEBOOKS.agentTrace.ref}") { target { oid } }
    before: object(oid: $before) {
      oid
      ... on Commit { config: file(path: $configPath) { ...SourceFile } ${CODEOWNERS} }
    }
    head: object(oid: $after) { ... on Commit { proposed: file(path: $configPath) { ...SourceFile } } }
    ${COMMITS.part("commit", count)}
  }
  floor: repository(owner: $owner, name: ".github") { ${DEFAULT_BRANCH_CONFIG} }
}
${count > 0 ? GIT_IDENTITY_FRAGMENT : ""}
${SOURCE_FILE_FRAGMENT}`;
}

const notesRef = z.object({ target: z.object({ oid: z.string() }) }).nullable();

const rangeAnswer = z.object({
  repository: z
    .looseObject({
      defaultBranchRef: defaultBranchAnswer,
      gitAi: notesRef,
      agentTrace: notesRef,
      before: z.looseObject({ oid: z.string(), config: sourceFileAnswer.nullable() }).nullable(),
      head: z.object({ proposed: sourceFileAnswer.nullable() }).nullable(),
    })
    .nullable(),
  floor: z.object({ defaultBranchRef: defaultBranchAnswer }).nullable(),
});

type RangeAnswer = z.infer<typeof rangeAnswer>;

/** What GraphQL tells of a range. */
export interface RangeData {
  readonly repository: NonNullable<RangeAnswer["repository"]>;
  readonly floor: RangeAnswer["floor"];
  readonly commits: readonly CommitFacts[];
}

interface RangeQuestion {
  readonly before: string;
  readonly after: string;
  /** All of the commits between. */
  readonly commits: readonly string[];
}

/** @throws {NotFound | GitHubUnavailable | GitHubProblem} */
export async function readRangeData(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  { before, after, commits }: RangeQuestion,
): Promise<RangeData> {
  const answer = await graphql(client, {
    document: rangeDocument(commits.length),
    variables: { owner, name: repo, before, after, configPath: CONFIG_PATH, ...COMMITS.values(commits) },
    tolerated: ({ type, path }) => type === "NOT_FOUND" && path === "floor",
  });
  const { repository, floor } = parsed(rangeAnswer, answer, "what came into a branch");
  if (repository === null) throw new NotFound(`${owner}/${repo} is gone`);
  const told = COMMITS.answers("commit", repository, commits).map(([sha, commit]) => {
    const read = commitAnswer.safeParse(commit);
    if (!read.success) throw commitUnknown(sha);
    return commitOf(read.data);
  });
  return { repository, floor, commits: told };
}

function commitUnknown(sha: string): GitHubProblem {
  return new GitHubProblem({
    code: "evidence/range-unknown",
    message: `GitHub does not tell of the commit ${sha.slice(0, 7)}, which came into the branch.`,
    remedy: "Look through it yourself.",
  });
}
