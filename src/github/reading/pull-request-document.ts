import { NOTEBOOKS } from "../../provenance/attested/notes.ts";
import { PAGE_FIELDS } from "../client/page.ts";
import { baseSidesPart, baseSidesVariables } from "./content/base-sides.ts";
import { BLOBS } from "./content/blobs.ts";
import { COMMIT_FIELDS, GIT_IDENTITY_FRAGMENT } from "./content/commits.ts";
import { MODES } from "./content/modes.ts";
import { LABELS } from "./labels.ts";
import { ACCOUNT_FIELDS, REVIEWER_FIELDS } from "./people/actor.ts";
import { WAITING_PART } from "./people/availability.ts";
import { COMMENTS_PART } from "./people/comments.ts";
import { MOST_CLOSED } from "./people/issues.ts";
import { REMARK_FIELDS, REVIEW_FIELDS } from "./people/reviews.ts";
import { teamsPart, teamVariables } from "./people/team-answer.ts";
import { TIMELINE_FIELDS, TIMELINE_TYPES } from "./people/timeline.ts";
import { USERS } from "./people/users.ts";
import { DEFAULT_BRANCH_CONFIG } from "./rules/branch-rules.ts";
import { GOVERNED_FRAGMENT } from "./rules/governed.ts";
import { SOURCE_FILE_FRAGMENT } from "./rules/source-file.ts";

/** Everything of a pull request that comes in pages; each connection is asked for until it is read whole. */
const PAGES = `
fragment Pages on PullRequest {
  headRefOid
  commits(first: 100, after: $commitsAfter) @include(if: $commits) { ${PAGE_FIELDS} nodes { commit { ${COMMIT_FIELDS} } } }
  reviews(first: 100, after: $reviewsAfter) @include(if: $reviews) { ${PAGE_FIELDS} nodes { ${REVIEW_FIELDS} } }
  timelineItems(first: 100, after: $timelineAfter, itemTypes: [${TIMELINE_TYPES}]) @include(if: $timeline) {
    ${PAGE_FIELDS} nodes { ${TIMELINE_FIELDS} }
  }
}
${GIT_IDENTITY_FRAGMENT}`;

const PAGE_VARIABLES = `
  $commits: Boolean!, $commitsAfter: String,
  $reviews: Boolean!, $reviewsAfter: String,
  $timeline: Boolean!, $timelineAfter: String`;

/** What an evaluation's document is made for. */
export interface DocumentShape {
  /** Whether GraphQL tells of stacks. */
  readonly stacks: boolean;
  /** How many of these it asks for by name. */
  readonly teams: number;
  readonly users: number;
  readonly labels: number;
  /** Files of the head. */
  readonly paths: number;
  /** Contents. */
  readonly blobs: number;
  /** Files of the merge base. */
  readonly sides: number;
}

/**
 * One evaluation but for the files: the pull request, the policy files of the default branch and of the
 * organization, CODEOWNERS of the base branch, and what stands on the head commit. Renames are not followed: a moved
 * repository has another owner's floor.
 */
export function pullRequestDocument(shape: DocumentShape): string {
  const { stacks, teams, users, labels, paths, blobs, sides } = shape;
  const declared = [
    teamVariables(teams),
    USERS.variables(users),
    LABELS.variables(labels),
    MODES.variables(paths),
    BLOBS.variables(blobs),
    baseSidesVariables(sides),
  ];
  return `
query CountersignEvaluation(
  $owner: String!, $name: String!, $number: Int!, $headSha: GitObjectID!,
  $configPath: String!, $appId: Int, $checks: Boolean!, $waiting: Boolean!, ${PAGE_VARIABLES}
  ${declared.join("\n  ")}
) {
  repository(owner: $owner, name: $name, followRenames: false) {
    id
    databaseId
    ${LABELS.part("label", labels)}
    ${DEFAULT_BRANCH_CONFIG}
    gitAi: ref(qualifiedName: "${NOTEBOOKS.gitAi.ref}") { target { oid } }
    agentTrace: ref(qualifiedName: "${NOTEBOOKS.agentTrace.ref}") { target { oid } }
    ${WAITING_PART}
    ${BLOBS.part("blob", blobs)}
    ${USERS.part("access", users)}
    ${headPart(paths)}
    ${baseSidesPart(sides)}
    pullRequest(number: $number) {
      ${PULL_REQUEST}
      ${stacks ? "stack { baseRefName }" : ""}
      baseRef { ...Governed }
      ...Pages
    }
  }
  floor: repository(owner: $owner, name: ".github") { ${DEFAULT_BRANCH_CONFIG} }
  ${teamsPart(teams)}
  ${USERS.part("user", users)}
}
${PAGES}
${GOVERNED_FRAGMENT}
${SOURCE_FILE_FRAGMENT}`;
}

const headPart = (paths: number) => `
    head: object(oid: $headSha) {
      __typename
      ... on Commit {
        proposed: file(path: $configPath) { ...SourceFile }
        ${MODES.part("mode", paths)}
        associatedPullRequests(first: 100) { nodes { number state headRefOid baseRefName } }
        checkSuites(first: 10, filterBy: { appId: $appId }) @include(if: $checks) {
          nodes {
            push { pusher { ${ACCOUNT_FIELDS} } }
            checkRuns(first: 100, filterBy: { checkType: LATEST }) {
              nodes { id databaseId name externalId }
            }
          }
        }
      }
    }`;

const PULL_REQUEST = `
      id
      number
      title
      body
      state
      mergeCommit { oid }
      isDraft
      isInMergeQueue
      autoMergeRequest { enabledAt }
      isCrossRepository
      author { ${ACCOUNT_FIELDS} }
      authorAssociation
      createdAt
      updatedAt
      lastEditedAt
      editor { ${ACCOUNT_FIELDS} }
      headRepositoryOwner { __typename ... on User { login databaseId } }
      headRefName
      baseRefName
      baseRefOid
      changedFiles
      ${COMMENTS_PART}
      closingIssuesReferences(first: ${MOST_CLOSED}) { totalCount nodes { number repository { databaseId } } }
      labels(first: 100) { nodes { id name } }
      reviewRequests(first: 100) {
        nodes { requestedReviewer { ${REVIEWER_FIELDS} } }
      }`;

/** Further pages of those connections that go on. */
export const MORE_PAGES = `
query CountersignPages($owner: String!, $name: String!, $number: Int!, ${PAGE_VARIABLES}) {
  repository(owner: $owner, name: $name, followRenames: false) { pullRequest(number: $number) { ...Pages } }
}
${PAGES}`;

/** Further comments of one review. */
export const MORE_COMMENTS = `
query CountersignComments($review: ID!, $after: String) {
  node(id: $review) {
    __typename
    ... on PullRequestReview { comments(first: 100, after: $after) { ${PAGE_FIELDS} nodes { ${REMARK_FIELDS} } } }
  }
}`;
