import { z } from "zod";
import type { RepositoryRef } from "../../store/repository.ts";
import { type GitHubClient, parsed, rest, restList } from "../client/client.ts";
import { GitHubProblem, NotFound } from "../client/errors.ts";

const ISSUES = "Issues: write";

export interface NewIssue {
  readonly title: string;
  /** Markdown. Its first line names it: the App's other issues are left alone. */
  readonly body: string;
}

const issueAnswer = z.object({ number: z.int(), state: z.enum(["open", "closed"]) });

const ownAnswer = z.array(
  z.object({
    number: z.int(),
    body: z.string().nullish(),
    performed_via_github_app: z.object({ id: z.int() }).nullish(),
  }),
);

/**
 * Opens an issue; `null` where the repository has none.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function openIssue(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  { title, body }: NewIssue,
): Promise<number | null> {
  try {
    const { data } = await rest(client, {
      route: "POST /repos/{owner}/{repo}/issues",
      parameters: { owner, repo, title, body },
      need: ISSUES,
    });
    return parsed(issueAnswer, data, "a new issue").number;
  } catch (error) {
    // Issues are off (410), or the App may not open any.
    if (error instanceof GitHubProblem || error instanceof NotFound) return null;
    throw error;
  }
}

/**
 * An issue that the App opened with this first line; `null` for none.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function findIssue(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  { marker, since, appId }: { readonly marker: string; readonly since: string; readonly appId: number },
): Promise<number | null> {
  const issues = await restList(
    client,
    {
      route: "GET /repos/{owner}/{repo}/issues",
      parameters: { owner, repo, state: "all", since },
      need: "Issues: read",
    },
    (data) => parsed(ownAnswer, data, "the issues"),
  );
  const own = issues.find(
    ({ body, performed_via_github_app: app }) => app?.id === appId && body?.startsWith(marker),
  );
  return own?.number ?? null;
}

/**
 * Whether an issue is open or closed; `null` where it is gone.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function issueState(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  number: number,
): Promise<"open" | "closed" | null> {
  try {
    const { data } = await rest(client, {
      route: "GET /repos/{owner}/{repo}/issues/{number}",
      parameters: { owner, repo, number },
      need: "Issues: read",
      absent: "not-there",
    });
    return parsed(issueAnswer, data, `issue #${number}`).state;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

/** @throws {GitHubUnavailable | GitHubProblem | NotFound} */
export async function setIssueState(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  { number, state }: { readonly number: number; readonly state: "open" | "closed" },
): Promise<void> {
  await rest(client, {
    route: "PATCH /repos/{owner}/{repo}/issues/{number}",
    parameters: { owner, repo, number, state },
    need: ISSUES,
    absent: "not-there",
  });
}
