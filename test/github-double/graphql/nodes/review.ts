import { nodeId } from "../../shapes/links.ts";
import type { Comment, Pull, Review } from "../../world/model.ts";
import { associationOf, atLeast, permissionIn } from "../../world/permissions.ts";
import { connection, type PageArguments } from "../connection.ts";
import type { Context, Node } from "../context.ts";
import { actor } from "./actor.ts";
import { commit } from "./commit.ts";

export function review(pull: Pull, given: Review): Node {
  return {
    __typename: "PullRequestReview",
    id: nodeId("PullRequestReview", given.id),
    databaseId: given.id,
    fullDatabaseId: String(given.id),
    state: given.state,
    body: given.body,
    submittedAt: given.submittedAt,
    createdAt: given.submittedAt,
    updatedAt: given.lastEditedAt ?? given.submittedAt,
    lastEditedAt: given.lastEditedAt,
    authorAssociation: associationOf(pull.repo, given.author),
    authorCanPushToRepository: atLeast(permissionIn(pull.repo, given.author), "write"),
    author: () => actor(given.author),
    editor: () => actor(given.editor),
    comments: (args: PageArguments) =>
      connection("comments", given.comments, { args, node: (each) => reviewComment(each) }),
    commit: () => commit(pull.repo, pull.repo.objects.commitAt(given.commitSha)),
    onBehalfOf: (args: PageArguments) => connection("onBehalfOf", [], { args, node: (each) => each }),
    url: (_: unknown, { state }: Context) =>
      `${state.origin}/${pull.repo.owner.login}/${pull.repo.name}/pull/${pull.number}#pullrequestreview-${given.id}`,
  };
}

function reviewComment({ id, author, editor, body, createdAt, updatedAt }: Comment): Node {
  return {
    __typename: "PullRequestReviewComment",
    id: nodeId("PullRequestReviewComment", id),
    fullDatabaseId: String(id),
    body,
    createdAt,
    updatedAt,
    author: () => actor(author),
    editor: () => actor(editor),
  };
}
