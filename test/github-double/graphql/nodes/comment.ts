import { nodeId } from "../../shapes/links.ts";
import type { Comment, Conversation } from "../../world/model.ts";
import { associationOf } from "../../world/permissions.ts";
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
    author: () => actor(given.author),
    authorAssociation: associationOf(on.repo, given.author),
  };
}
