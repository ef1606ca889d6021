import { z } from "zod";
import { GitHubProblem, headersOf, mapped, NotFound, permissionMissing, UNEXPECTED } from "./errors.ts";
import { LIMITS } from "./limits.ts";

/** The part of Octokit that is used. Probot's client, `@octokit/rest` and `@octokit/core` all have it. */
export interface GitHubClient {
  readonly request: (route: string, parameters?: Record<string, unknown>) => Promise<GitHubResponse>;
  readonly graphql: (document: string, variables?: Record<string, unknown>) => Promise<unknown>;
}

export interface GitHubResponse {
  readonly headers: object;
  readonly data: unknown;
}

/** The REST version this code is written for. Without the header, GitHub picks one. */
export const API_VERSION = "2022-11-28";

export interface RestCall {
  /** `METHOD /path/{with}/{names}`. */
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The App permission the call needs, as GitHub names it. */
  readonly need: string;
  /** What a 404 means: the thing does not exist, or (default) the App may not see it. */
  readonly absent?: "not-there" | "not-seen";
  /** What is read of an answer in which others may write at length, so that no more of it is kept. */
  readonly reads?: z.ZodType;
}

/** Under which a request carries what is read of its answer. */
const READS = "countersignReads";

/** Of an answer what is read of it, by the options of its request; all of it where they do not say, or it is another. */
export function onlyRead(data: unknown, { request }: { readonly request?: object }): unknown {
  const reads: unknown = request === undefined ? undefined : Reflect.get(request, READS);
  if (!(reads instanceof z.ZodType)) return data;
  const result = reads.safeParse(data);
  return result.success ? result.data : data;
}

/**
 * Makes one REST call and returns the unparsed response.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound}
 */
export async function rest(client: GitHubClient, call: RestCall): Promise<GitHubResponse> {
  const { headers, ...parameters } = call.parameters;
  try {
    return await client.request(call.route, {
      ...parameters,
      headers: { ...(typeof headers === "object" ? headers : {}), "x-github-api-version": API_VERSION },
      ...(call.reads && { request: { [READS]: call.reads } }),
    });
  } catch (error) {
    const fault = mapped(error, call.need);
    if (!(fault instanceof NotFound) || call.absent === "not-there") throw fault;
    throw permissionMissing(call.need, `${call.route} was answered with "${fault.message}".`);
  }
}

/** All pages of a REST list, as long as GitHub names a next one. */
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

/** Milliseconds until the next try after a partial or unexpected answer. */
export const ODD_ANSWER_RETRY_MS = 60_000;

/**
 * Validates an answer against the documented schema.
 * @throws {GitHubProblem} naming the first field that differs
 */
export function parsed<T>(schema: z.ZodType<T>, answer: unknown, what: string): T {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new GitHubProblem(
    {
      code: UNEXPECTED,
      message: `GitHub's answer about ${what} does not match its documentation: ${issue?.path.join(".")}: ${issue?.message}.`,
      remedy: "No action needed; Countersign will retry. If it persists, open an issue with this message.",
    },
    ODD_ANSWER_RETRY_MS,
  );
}
