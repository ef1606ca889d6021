import { nodeId } from "../../shapes/links.ts";
import { fullName, type Issue, isPull } from "../../world/model.ts";
import { associationOf } from "../../world/permissions.ts";
import { namedBy } from "../../world/references.ts";
import { connection, type PageArguments } from "../connection.ts";
import type { Context, Node } from "../context.ts";
import { actor } from "./actor.ts";
import { type CommentArguments, comment, inOrder } from "./comment.ts";
import { label } from "./label.ts";
import { issueTimelineItems, type TimelineArguments } from "./timeline.ts";

export function issue(given: Issue): Node {
  const { id, number, title, body, author, repo } = given;
  const url = (_: unknown, { state }: Context) => `${state.origin}/${fullName(repo)}/issues/${number}`;
  return {
    __typename: "Issue",
    id: nodeId("Issue", id),
    databaseId: id,
    fullDatabaseId: String(id),
    number,
    title,
    body: body ?? "",
    bodyText: body ?? "",
    url,
    state: given.state.toUpperCase(),
    closed: given.state === "closed",
    closedAt: given.closedAt,
    locked: false,
    createdAt: given.createdAt,
    updatedAt: given.updatedAt,
    lastEditedAt: given.lastEditedAt,
    editor: () => actor(given.editor),
    author: () => actor(author),
    authorAssociation: () => associationOf(repo, author),
    repository: (_: unknown, { graph }: Context) => graph.repository(repo),
    labels: (args: PageArguments) => connection("labels", [...given.labels], { args, node: label }),
    assignees: (args: PageArguments) => connection("assignees", people(given), { args, node: actor }),
    comments: (args: CommentArguments) =>
      connection("comments", inOrder(given.comments, args), { args, node: (each) => comment(given, each) }),
    timelineItems: (args: TimelineArguments) => issueTimelineItems(given, args),
    closedByPullRequestsReferences: (args: PageArguments, { graph }: Context) =>
      connection("closedByPullRequestsReferences", namedBy(given).filter(isPull), {
        args,
        node: graph.pullRequest,
      }),
  };
}

/** Bots and organizations are not shown among the assignees. */
function people({ assignees }: Issue) {
  return [...assignees].filter(({ kind }) => kind === "User");
}
