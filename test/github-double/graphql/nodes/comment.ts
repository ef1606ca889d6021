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
    createdViaEmail: false,
    editor: () => actor(given.editor),
    userContentEdits: (args: PageArguments) =>
      given.editor ? connection("userContentEdits", given.versions.toReversed(), { args, node: edit }) : null,
    author: () => actor(given.author),
    authorAssociation: associationOf(on.repo, given.author),
  };
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
