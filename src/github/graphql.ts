import { API_VERSION, type GitHubClient, ODD_ANSWER_RETRY_MS } from "./client.ts";
import { GitHubProblem, headersOf, mapped, NotFound, permissionMissing, rateLimited } from "./errors.ts";

export interface GraphqlCall {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Which paths (joined by dots) may be absent: a NOT_FOUND on exactly that path leaves it `null`. */
  readonly optional?: (path: string) => boolean;
}

interface GraphqlFault {
  readonly type: string;
  readonly path: string;
  readonly message: string;
}

/**
 * One GraphQL document, its answer unparsed. GitHub may answer 200 with part of the data and `errors`: such an
 * answer is refused whole, except for the absence of what is `optional`.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound}
 */
export async function graphql(client: GitHubClient, call: GraphqlCall): Promise<unknown> {
  const headers = { "x-github-api-version": API_VERSION };
  try {
    return await client.graphql(call.document, { ...call.variables, headers });
  } catch (error) {
    const faults = faultsOf(error);
    if (faults === null) throw mapped(error, "Pull requests: read");
    const serious = faults.filter(({ type, path }) => !(type === "NOT_FOUND" && call.optional?.(path)));
    const [first] = serious;
    if (first === undefined && error instanceof Error && "data" in error && error.data) return error.data;
    throw graphqlError(first ?? { type: "", path: "", message: "no data" }, headersOf(error));
  }
}

/** What a document's fault at some path says about the App's permissions. */
const NEEDS: readonly (readonly [RegExp, string])[] = [
  [/config|codeowners|\btarget\b|Ref\b|governed/, "Contents: read"],
  [/checkSuites|checkRuns/, "Checks: write"],
  [/team|members|organization/, "Members: read"],
];

function graphqlError(fault: GraphqlFault, headers: Readonly<Record<string, string>>): Error {
  const { type, path, message } = fault;
  if (/^RATE_LIMIT/.test(type)) return rateLimited(message, headers);
  if (type === "NOT_FOUND" && /^repository(\.pullRequest)?$/.test(path)) return new NotFound(message);
  if (
    type === "FORBIDDEN" ||
    type === "INSUFFICIENT_SCOPES" ||
    /not accessible by integration/i.test(message)
  )
    return permissionMissing(NEEDS.find(([at]) => at.test(path))?.[1] ?? "Pull requests: read", message);
  return new GitHubProblem(
    {
      code: "evidence/partial",
      message: `GitHub answered only in part${path === "" ? "" : ` (${path})`}: ${message}`,
      remedy: "Nothing to do now: it is read again soon. If it stays, report it with the sentence above.",
    },
    ODD_ANSWER_RETRY_MS,
  );
}

/** The `errors` of a GraphQL answer, or `null` where the failure lies below GraphQL. */
function faultsOf(error: unknown): readonly GraphqlFault[] | null {
  if (!(error instanceof Error) || !("errors" in error) || !Array.isArray(error.errors)) return null;
  return error.errors.map((entry: { type?: unknown; path?: unknown; message?: unknown }) => ({
    type: String(entry.type ?? ""),
    path: Array.isArray(entry.path) ? entry.path.join(".") : "",
    message: String(entry.message ?? "no message"),
  }));
}
