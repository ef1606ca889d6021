import { nodeId } from "../../shapes/links.ts";
import type { Comment, Conversation, Version } from "../../world/model.ts";
import { associationOf } from "../../world/permissions.ts";
import { connection, type PageArguments } from "../connection.ts";
import type { Node } from "../context.ts";
import { actor } from "./actor.ts";

export function comment(on: Conversation, given: Comment): Node {
  const { id, body, createdAt, updatedAt } = given;
  return {
    __typename: "IssueComment",
    id: nodeId("IssueComment", id),
    databaseId: id,
    fullDatabaseId: String(id),
    body,
    bodyText: body,
    createdAt,
    updatedAt,
    lastEditedAt: given.editor ? updatedAt : null,
    includesCreatedEdit: false,
    createdViaEmail: given.byEmail,
    editor: () => actor(given.editor),
    userContentEdits: (args: PageArguments) =>
      given.editor ? connection("userContentEdits", given.versions.toReversed(), { args, node: edit }) : null,
    author: () => actor(given.author),
    authorAssociation: associationOf(on.repo, given.author),
  };
}

export interface CommentArguments extends PageArguments {
  readonly orderBy?: { readonly direction: "ASC" | "DESC" } | null;
}

/** In the order of their making, or of their last edits. */
export function inOrder(comments: readonly Comment[], { orderBy }: CommentArguments): readonly Comment[] {
  if (!orderBy) return comments;
  const byUpdate = comments.toSorted((a, b) => Date.parse(a.updatedAt) - Date.parse(b.updatedAt));
  return orderBy.direction === "ASC" ? byUpdate : byUpdate.toReversed();
}

/** One version of a text. GitHub calls it a diff and gives the whole text, the newest first. */
function edit({ id, body, by, at }: Version): Node {
  return {
    __typename: "UserContentEdit",
    id: nodeId("UserContentEdit", id),
    createdAt: at,
    updatedAt: at,
    editedAt: at,
    editor: () => actor(by),
    deletedAt: null,
    deletedBy: null,
    diff: body,
  };
}
