import { z } from "zod";
import type { CommandComment } from "../../../signoff/snapshot.ts";
import type { HeardCommand } from "../../../store/memory.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { type GitHubClient, parsed, rest } from "../../client/client.ts";
import { NotFound } from "../../client/errors.ts";
import { graphql } from "../../client/graphql.ts";

/** REST alone tells of an App that wrote for somebody. */
const commentAnswer = z.object({
  id: z.int(),
  node_id: z.string(),
  issue_url: z.string(),
  body: z.string().nullish(),
  user: z.object({ id: z.int(), login: z.string(), type: z.string() }).nullable(),
  created_at: z.string(),
  performed_via_github_app: z.unknown(),
});

type CommentAnswer = z.infer<typeof commentAnswer>;

/** GraphQL alone tells of edits and e-mails. */
const COMMENT_ORIGIN = `
query CountersignCommand($id: ID!) {
  node(id: $id) { ... on IssueComment { lastEditedAt includesCreatedEdit createdViaEmail } }
}`;

const originAnswer = z.object({
  node: z
    .object({
      lastEditedAt: z.string().nullable(),
      includesCreatedEdit: z.boolean(),
      createdViaEmail: z.boolean(),
    })
    .nullable(),
});

interface Place {
  readonly repository: RepositoryRef;
  /** A pull request or an issue. */
  readonly number: number;
}

/**
 * A comment as it stands now; what was said on a page of ours stands as it was said, and GitHub is not asked. One that is gone, or stands elsewhere, says nothing, and so does one of somebody else.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function readCommandComment(
  client: GitHubClient,
  place: Place,
  heard: HeardCommand,
): Promise<CommandComment | null> {
  const { commentId, account, login, said } = heard;
  if (said?.onPage !== undefined)
    return { id: commentId, by: { id: account, login, type: "User" }, at: said.at, body: said.body };
  const comment = await ask(client, place, commentId);
  if (comment === null || comment.user?.id !== account) return null;
  if (!comment.issue_url.endsWith(`/issues/${place.number}`)) return null;
  const origin = await graphql(client, {
    document: COMMENT_ORIGIN,
    variables: { id: comment.node_id },
    tolerated: ({ type, path }) => type === "NOT_FOUND" && path === "node",
  });
  const { node } = parsed(originAnswer, origin, "a comment");
  if (node === null) return null;
  const doubt = doubtOf(comment, node);
  return {
    id: comment.id,
    by: { id: comment.user.id, login: comment.user.login, type: "User" },
    at: comment.created_at,
    body: comment.body ?? "",
    ...(doubt !== null && { doubt }),
  };
}

function doubtOf(
  { performed_via_github_app: app }: CommentAnswer,
  node: NonNullable<z.infer<typeof originAnswer>["node"]>,
): NonNullable<CommandComment["doubt"]> | null {
  if (node.lastEditedAt !== null || node.includesCreatedEdit) return "edited";
  if (app !== null && app !== undefined) return "app";
  return node.createdViaEmail ? "e-mail" : null;
}

async function ask(
  client: GitHubClient,
  { repository: { owner, repo } }: Place,
  id: number,
): Promise<CommentAnswer | null> {
  try {
    const { data } = await rest(client, {
      route: "GET /repos/{owner}/{repo}/issues/comments/{id}",
      parameters: { owner, repo, id },
      need: "Issues: read",
      absent: "not-there",
    });
    return parsed(commentAnswer, data, "a comment");
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}
