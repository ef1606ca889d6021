import { z } from "zod";
import { type GitHubClient, parsed, rest, restList } from "../client/client.ts";
import { PULLS, type PullRef } from "./labels.ts";

export interface Comment {
  /** The comment's first line; the App's other comments are left alone. */
  readonly marker: string;
  readonly text: string;
  /** Whether to create the comment if there is none. */
  readonly begin: boolean;
  readonly appId: number;
}

const commentsAnswer = z.array(
  z.object({
    id: z.int(),
    body: z.string().nullish(),
    performed_via_github_app: z.object({ id: z.int() }).nullish(),
  }),
);

/**
 * Comments on a pull request or an issue.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function say(
  client: GitHubClient,
  { repository: { owner, repo }, pull }: Place,
  body: string,
): Promise<void> {
  await rest(client, {
    route: "POST /repos/{owner}/{repo}/issues/{pull}/comments",
    parameters: { owner, repo, pull, body },
    need: PULLS,
  });
}

interface Place {
  readonly repository: Pick<PullRef["repository"], "owner" | "repo">;
  readonly pull: number;
}

/**
 * Keeps the App's single comment up to date, and writes only if it differs. The comment is recognized by the App that
 * wrote it, which nobody can forge.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function keepComment(
  client: GitHubClient,
  { repository: { owner, repo }, pull }: PullRef,
  { marker, text, begin, appId }: Comment,
): Promise<void> {
  const comments = await restList(
    client,
    {
      route: "GET /repos/{owner}/{repo}/issues/{pull}/comments",
      parameters: { owner, repo, pull },
      need: PULLS,
    },
    (data) => parsed(commentsAnswer, data, `the comments of pull request #${pull}`),
  );
  const own = comments.find(
    ({ body, performed_via_github_app: app }) => app?.id === appId && body?.startsWith(marker),
  );
  if (own === undefined && begin) {
    await say(client, { repository: { owner, repo }, pull }, text);
  } else if (own !== undefined && own.body !== text) {
    const parameters = { owner, repo, id: own.id, body: text };
    await rest(client, {
      route: "PATCH /repos/{owner}/{repo}/issues/comments/{id}",
      parameters,
      need: PULLS,
    });
  }
}
