import { nodeId } from "../../shapes/links.ts";
import { changedFiles, listedFiles, pullCommits } from "../../world/comparison.ts";
import type { FileChange } from "../../world/diff.ts";
import { conflicts, mergeState } from "../../world/merging.ts";
import { fullName, type Pull } from "../../world/model.ts";
import { associationOf } from "../../world/permissions.ts";
import { entryOf } from "../../world/queue.ts";
import { closingIssues } from "../../world/references.ts";
import { latestOpinionated } from "../../world/reviews.ts";
import { connection, type PageArguments } from "../connection.ts";
import { type Context, type Node, need } from "../context.ts";
import { actor, reviewer } from "./actor.ts";
import { comment } from "./comment.ts";
import { commit } from "./commit.ts";
import { issue } from "./issue.ts";
import { label } from "./label.ts";
import { pullCommit } from "./pull-commit.ts";
import { autoMergeRequest, queueEntry } from "./queue.ts";
import { review } from "./review.ts";
import { type TimelineArguments, timelineItems } from "./timeline.ts";

const CHANGE_TYPES = {
  added: "ADDED",
  removed: "DELETED",
  modified: "MODIFIED",
  renamed: "RENAMED",
  changed: "CHANGED",
} as const;

export function pullRequest(pull: Pull): Node {
  return { __typename: "PullRequest", ...facts(pull), ...sides(pull), ...lists(pull) };
}

function facts(pull: Pull) {
  const url = (_: unknown, { state }: Context) =>
    `${state.origin}/${fullName(pull.repo)}/pull/${pull.number}`;
  return {
    id: nodeId("PullRequest", pull.id),
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    number: pull.number,
    url,
    permalink: url,
    title: pull.title,
    body: pull.body ?? "",
    bodyText: pull.body ?? "",
    state: pull.mergedAt !== null ? "MERGED" : pull.state.toUpperCase(),
    closed: pull.state === "closed",
    merged: pull.mergedAt !== null,
    mergedAt: pull.mergedAt,
    mergedBy: () => actor(pull.mergedBy),
    mergeCommit: () =>
      pull.mergeCommitSha ? commit(pull.repo, pull.repo.objects.commitAt(pull.mergeCommitSha)) : null,
    isDraft: pull.draft,
    locked: false,
    isCrossRepository: pull.headRepo !== pull.repo,
    maintainerCanModify: pull.headRepo !== pull.repo,
    createdAt: pull.createdAt,
    updatedAt: pull.updatedAt,
    closedAt: pull.closedAt,
    lastEditedAt: pull.lastEditedAt,
    editor: () => actor(pull.editor),
    author: () => actor(pull.author),
    authorAssociation: () => associationOf(pull.repo, pull.author),
    changedFiles: () => pull.misreported.graphqlCount ?? changedFiles(pull).length,
    additions: () => changedFiles(pull).reduce((sum, file) => sum + file.additions, 0),
    deletions: () => changedFiles(pull).reduce((sum, file) => sum + file.deletions, 0),
    mergeable: () => (conflicts(pull) ? "CONFLICTING" : "MERGEABLE"),
    mergeStateStatus: () => mergeState(pull).toUpperCase(),
    // Null whenever no review is required, which no rule of the double does.
    reviewDecision: null,
    isInMergeQueue: entryOf(pull) !== null,
    mergeQueueEntry: (_: unknown, context: Context) => {
      need(context, { merge_queues: "read" }, pull.repo);
      const entry = entryOf(pull);
      return entry && queueEntry(entry);
    },
    autoMergeRequest: () => pull.autoMerge && autoMergeRequest(pull, pull.autoMerge),
  };
}

function sides(pull: Pull) {
  return {
    headRefName: pull.headRef,
    headRefOid: pull.headSha,
    headRef: (_: unknown, { graph }: Context) => graph.ref(pull.headRepo, `refs/heads/${pull.headRef}`),
    headRepository: (_: unknown, { graph }: Context) =>
      pull.headRepo.deleted ? null : graph.repository(pull.headRepo),
    headRepositoryOwner: () => actor(pull.headRepo.owner),
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseSha,
    stack: pull.stack && {
      __typename: "PullRequestStack",
      id: nodeId("PullRequestStack", pull.stack.id),
      number: pull.stack.number,
      size: pull.stack.pulls.length,
      baseRefName: pull.stack.base,
    },
    baseRef: (_: unknown, context: Context) => {
      need(context, { contents: "read" }, pull.repo);
      return context.graph.ref(pull.repo, `refs/heads/${pull.baseRef}`);
    },
    baseRepository: (_: unknown, { graph }: Context) => graph.repository(pull.repo),
    repository: (_: unknown, { graph }: Context) => graph.repository(pull.repo),
  };
}

function lists(pull: Pull) {
  const commits = (args: PageArguments) =>
    connection("commits", pullCommits(pull), { args, node: (each) => pullCommit(pull, each) });
  return {
    labels: (args: PageArguments) => connection("labels", [...pull.labels], { args, node: label }),
    assignees: (args: PageArguments) =>
      connection(
        "assignees",
        [...pull.assignees].filter((each) => each.kind === "User"),
        { args, node: actor },
      ),
    reviewRequests: (args: PageArguments) =>
      connection("reviewRequests", [...pull.requested], {
        args,
        node: (who) => ({
          __typename: "ReviewRequest",
          id: nodeId("ReviewRequest", `${pull.id}:${who.id}`),
          asCodeOwner: false,
          requestedReviewer: reviewer(who),
        }),
      }),
    files: (args: PageArguments) => connection("files", listedFiles(pull), { args, node: file }),
    commits,
    reviews: (args: PageArguments & { readonly states?: readonly string[] | null }) =>
      connection(
        "reviews",
        pull.reviews.filter((each) => !args.states || args.states.includes(each.state)),
        {
          args,
          node: (each) => review(pull, each),
        },
      ),
    latestOpinionatedReviews: (args: PageArguments & { readonly writersOnly?: boolean | null }) =>
      connection(
        "latestOpinionatedReviews",
        latestOpinionated(pull, { writersOnly: args.writersOnly ?? false }),
        {
          args,
          node: (each) => review(pull, each),
        },
      ),
    comments: (args: PageArguments) =>
      connection("comments", pull.comments, { args, node: (each) => comment(pull, each) }),
    closingIssuesReferences: (args: PageArguments, context: Context) => {
      need(context, { issues: "read" }, pull.repo);
      return connection("closingIssuesReferences", closingIssues(pull), { args, node: issue });
    },
    timelineItems: (args: TimelineArguments) => timelineItems(pull, args),
  };
}

/** No previous path, patch, blob or mode: GraphQL does not tell them. */
function file(change: FileChange): Node {
  return {
    __typename: "PullRequestChangedFile",
    path: change.path,
    changeType: CHANGE_TYPES[change.status],
    additions: change.additions,
    deletions: change.deletions,
    viewerViewedState: "UNVIEWED",
  };
}
