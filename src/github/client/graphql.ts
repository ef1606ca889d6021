import { API_VERSION, type GitHubClient, ODD_ANSWER_RETRY_MS } from "./client.ts";
import {
  GitHubProblem,
  type GitHubUnavailable,
  headersOf,
  mapped,
  NotFound,
  permissionMissing,
  rateLimited,
} from "./errors.ts";

export interface GraphqlCall {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Errors to accept; the fields they concern are `null`. */
  readonly tolerated?: (fault: GraphqlFault) => boolean;
}

/** One entry of a response's `errors`. */
export interface GraphqlFault {
  /** "NOT_FOUND", "FORBIDDEN"; empty if GitHub gives no type, for example for an invalid document. */
  readonly type: string;
  /** Joined by dots, starting with the alias of the first field; empty if it concerns the whole document. */
  readonly path: string;
  readonly message: string;
  /** The validation rule that the document breaks, so that nothing ran; `null` if it ran. */
  readonly rule: string | null;
  /** The field that GitHub lacks: "PullRequest.stack". */
  readonly unknownField: string | null;
}

/** The raw response to a document. `data` is `null` where an error is. */
export interface GraphqlAnswer {
  readonly data: unknown;
  readonly faults: readonly GraphqlFault[];
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends one document.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound} for failures below GraphQL; `need` as in REST calls
 */
export async function sent(
  client: GitHubClient,
  { document, variables }: GraphqlCall,
  need: string,
): Promise<GraphqlAnswer> {
  const headers = { "x-github-api-version": API_VERSION };
  try {
    const data = await client.graphql(document, { ...variables, headers });
    return { data, faults: [], headers: {} };
  } catch (error) {
    const faults = faultsOf(error);
    if (faults === null) throw mapped(error, need);
    const data = error instanceof Error && "data" in error ? error.data : null;
    return { data, faults, headers: headersOf(error) };
  }
}

/**
 * Sends one GraphQL query and returns the unparsed data. GitHub may answer 200 with partial data and `errors`. Such an
 * answer is rejected, unless all its errors are `tolerated`.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound | UnknownField}
 */
export async function graphql(client: GitHubClient, call: GraphqlCall): Promise<unknown> {
  const { data, faults, headers } = await sent(client, call, "Pull requests: read");
  const serious = faults.filter((fault) => call.tolerated?.(fault) !== true);
  const [first] = serious;
  if (first === undefined && data) return data;
  throw queryError(first ?? NO_DATA, headers);
}

/** GitHub's GraphQL is older than the document. */
export class UnknownField extends GitHubProblem {
  /** "PullRequest.stack" */
  readonly field: string;

  constructor(field: string) {
    super({
      code: "github/too-old",
      message: `This GitHub Enterprise Server lacks ${field}, which Countersign needs to read.`,
      remedy: "Upgrade GitHub Enterprise Server to a supported release.",
    });
    this.field = field;
  }
}

const NO_DATA: GraphqlFault = { type: "", path: "", message: "no data", rule: null, unknownField: null };

/** The permission that is missing if GitHub reports an error at a path. */
const NEEDS: readonly (readonly [RegExp, string])[] = [
  [
    /config|codeowners|\btarget\b|Ref\b|governed|\bmode\d|\bnote|\bblob\d|\bfile\d|\bmergeBase\b/,
    "Contents: read",
  ],
  [/checkSuites|checkRuns/, "Checks: write"],
  [/mergeQueue/, "Merge queues: read"],
  [/commit\.status/, "Commit statuses: read"],
  [/team|members|organization/, "Members: read"],
];

function queryError(fault: GraphqlFault, headers: Readonly<Record<string, string>>): Error {
  const { type, path, message, unknownField } = fault;
  if (unknownField !== null) return new UnknownField(unknownField);
  if (type === "NOT_FOUND" && /^repository(\.pullRequest)?$/.test(path)) return new NotFound(message);
  const need = NEEDS.find(([at]) => at.test(path))?.[1] ?? "Pull requests: read";
  return (
    refusal(fault, need, headers) ??
    new GitHubProblem(
      {
        code: "evidence/partial",
        message: `GitHub answered only in part${path === "" ? "" : ` (${path})`}: ${message}`,
        remedy: "No action needed; Countersign will retry. If it persists, open an issue with this message.",
      },
      ODD_ANSWER_RETRY_MS,
    )
  );
}

/** The error for a reached limit or a missing permission; `null` for anything else. */
export function refusal(
  { type, message }: GraphqlFault,
  need: string,
  headers: Readonly<Record<string, string>>,
): GitHubUnavailable | GitHubProblem | null {
  if (/^RATE_LIMIT/.test(type)) return rateLimited(message, headers);
  const forbidden = type === "FORBIDDEN" || type === "INSUFFICIENT_SCOPES";
  return forbidden || /not accessible by integration/i.test(message)
    ? permissionMissing(need, message)
    : null;
}

/** The `errors` of a GraphQL response; `null` if the failure is below GraphQL. */
function faultsOf(error: unknown): readonly GraphqlFault[] | null {
  if (!(error instanceof Error) || !("errors" in error) || !Array.isArray(error.errors)) return null;
  return error.errors.map(fault);
}

interface ErrorEntry {
  readonly type?: unknown;
  readonly path?: unknown;
  readonly message?: unknown;
  readonly extensions?: {
    readonly code?: unknown;
    readonly typeName?: unknown;
    readonly fieldName?: unknown;
  } | null;
}

function fault({ type, path, message, extensions }: ErrorEntry): GraphqlFault {
  const { code, typeName, fieldName } = extensions ?? {};
  return {
    type: String(type ?? ""),
    path: Array.isArray(path) ? path.join(".") : "",
    message: String(message ?? "no message"),
    rule: type === undefined && typeof code === "string" ? code : null,
    unknownField: code === "undefinedField" ? `${String(typeName)}.${String(fieldName)}` : null,
  };
}
