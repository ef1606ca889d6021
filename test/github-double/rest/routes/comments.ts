import { comment } from "../../shapes/issue.ts";
import { timeline } from "../../shapes/timeline.ts";
import type { Comment, Conversation } from "../../world/model.ts";
import { Refused } from "../../world/refused.ts";
import { paged } from "../paging.ts";
import { actor, ok, param, type RepoCall, type Route, repoRoute } from "../route.ts";
import { conversationOf } from "./issues.ts";

/** On pull requests these accept either permission (docs: additional permissions). */
const READ = [{ issues: "read" }, { pull_requests: "read" }] as const;
const WRITE = [{ issues: "write" }, { pull_requests: "write" }] as const;

const MAX_COMMENT = 65_536;

export const commentRoutes: readonly Route[] = [
  repoRoute("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", READ, (call) => {
    const on = conversationOf(call);
    return paged(call, on.comments, (each) => comment(call.state, on, each));
  }),

  repoRoute("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", WRITE, (call) => {
    const on = conversationOf(call);
    const made = call.world.comment(on, actor(call), bodyText(call));
    return { status: 201, body: comment(call.state, on, made) };
  }),

  repoRoute("GET /repos/{owner}/{repo}/issues/comments/{comment_id}", READ, (call) => {
    const { on, found } = commentOf(call);
    return ok(comment(call.state, on, found));
  }),

  repoRoute("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", WRITE, (call) => {
    const { on, found } = commentOf(call);
    call.world.editComment(on, found, { body: bodyText(call), by: actor(call) });
    return ok(comment(call.state, on, found));
  }),

  repoRoute("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", WRITE, (call) => {
    const { on, found } = commentOf(call);
    call.world.deleteComment(on, found, actor(call));
    return { status: 204 };
  }),

  repoRoute("GET /repos/{owner}/{repo}/issues/{issue_number}/timeline", READ, (call) =>
    paged(call, timeline(call.state, conversationOf(call)), (each) => each),
  ),
];

function commentOf(call: RepoCall): { readonly on: Conversation; readonly found: Comment } {
  const id = Number(param(call, "comment_id"));
  for (const on of [...call.repo.pulls.values(), ...call.repo.issues.values()]) {
    const found = on.comments.find((each) => each.id === id);
    if (found) return { on, found };
  }
  throw new Refused(404, "Not Found");
}

function bodyText(call: RepoCall): string {
  const { body } = call.body;
  if (typeof body !== "string") throw new Refused(422, "Invalid request.");
  if (body.length > MAX_COMMENT)
    throw new Refused(422, "Validation Failed", [
      {
        resource: "IssueComment",
        code: "custom",
        field: "body",
        message: `body is too long (maximum is ${MAX_COMMENT} characters)`,
      },
    ]);
  return body;
}
