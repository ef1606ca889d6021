import type { z } from "zod";
import { GitHubProblem, headersOf, mapped, NotFound, permissionMissing } from "./errors.ts";
import { LIMITS } from "./limits.ts";

/** What is used of Octokit: Probot's client, `@octokit/rest` and `@octokit/core` all fit. */
export interface GitHubClient {
  readonly request: (route: string, parameters?: Record<string, unknown>) => Promise<GitHubResponse>;
  readonly graphql: (document: string, variables?: Record<string, unknown>) => Promise<unknown>;
}

export interface GitHubResponse {
  readonly headers: object;
  readonly data: unknown;
}

/** The REST version the code is written for; without the header GitHub may change it under us. */
export const API_VERSION = "2022-11-28";

export interface RestCall {
  /** `METHOD /path/{with}/{names}`. */
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The App permission the call rests on, as GitHub names it. */
  readonly need: string;
  /** What a 404 says: that the thing is not there, or (by default) that the App may not see what must be there. */
  readonly absent?: "not-there" | "not-seen";
}

/**
 * One REST call, its answer unparsed.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound}
 */
export async function rest(client: GitHubClient, call: RestCall): Promise<GitHubResponse> {
  const { headers, ...parameters } = call.parameters;
  try {
    return await client.request(call.route, {
      ...parameters,
      headers: { ...(typeof headers === "object" ? headers : {}), "x-github-api-version": API_VERSION },
    });
  } catch (error) {
    const fault = mapped(error, call.need);
    if (!(fault instanceof NotFound) || call.absent === "not-there") throw fault;
    throw permissionMissing(call.need, `${call.route} was answered with "${fault.message}".`);
  }
}

/** All pages of a REST list, one after another, for as long as GitHub names a next one. */
export async function restList<T>(
  client: GitHubClient,
  call: RestCall,
  read: (data: unknown) => readonly T[],
): Promise<readonly T[]> {
  const items: T[] = [];
  for (let page = 1; ; page += 1) {
    const { headers, data } = await rest(client, {
      ...call,
      parameters: { ...call.parameters, per_page: LIMITS.pageSize, page },
    });
    items.push(...read(data));
    if (!namesNextPage(headers)) return items;
  }
}

export function namesNextPage(headers: object): boolean {
  return /rel="?next"?/.test(headersOf({ headers }).link ?? "");
}

/** When to read again what GitHub answered in part or oddly, in milliseconds. */
export const ODD_ANSWER_RETRY_MS = 60_000;

/**
 * Checks an answer against what the code was written for.
 * @throws {GitHubProblem} naming the first field that differs
 */
export function parsed<T>(schema: z.ZodType<T>, answer: unknown, what: string): T {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new GitHubProblem(
    {
      code: "evidence/unexpected",
      message: `GitHub's answer about ${what} is not as documented: ${issue?.path.join(".")}: ${issue?.message}.`,
      remedy: "Nothing to do now: it is read again soon. If it stays, report it with the sentence above.",
    },
    ODD_ANSWER_RETRY_MS,
  );
}
