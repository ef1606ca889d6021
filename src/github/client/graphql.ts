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
  /** Which faults may stand: what they are about is left `null`. */
  readonly tolerated?: (fault: GraphqlFault) => boolean;
}

/** One entry of an answer's `errors`. */
export interface GraphqlFault {
  /** "NOT_FOUND", "FORBIDDEN"; empty for what GitHub gives no type, as a document it does not understand. */
  readonly type: string;
  /** Joined by dots, beginning with the alias of the first field; empty when it is about the whole. */
  readonly path: string;
  readonly message: string;
  /** The rule that the document breaks, in which case nothing of it was run; `null` when it was run. */
  readonly rule: string | null;
  /** The field that GitHub does not know: "PullRequest.stack". */
  readonly unknownField: string | null;
}

/** What a document was answered with, nothing judged. `data` holds `null` where a fault is. */
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
 * One GraphQL query, its answer unparsed. GitHub may answer 200 with part of the data and `errors`: such an answer is
 * refused whole, except for what is `tolerated`.
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
      message: `This GitHub does not know ${field}, which has to be read.`,
      remedy: "Update GitHub Enterprise Server to a release that its maker still supports.",
    });
    this.field = field;
  }
}

const NO_DATA: GraphqlFault = { type: "", path: "", message: "no data", rule: null, unknownField: null };

/** What a document's fault at some path says about the App's permissions. */
const NEEDS: readonly (readonly [RegExp, string])[] = [
  [/config|codeowners|\btarget\b|Ref\b|governed|\bmode\d|\bnote|\bblob\d|\bfile\d/, "Contents: read"],
  [/checkSuites|checkRuns/, "Checks: write"],
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
        remedy: "Nothing to do now: it is read again soon. If it stays, report it with the sentence above.",
      },
      ODD_ANSWER_RETRY_MS,
    )
  );
}

/** The error for a limit that is reached or a permission that is missing; `null` for any other fault. */
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

/** The `errors` of a GraphQL answer, or `null` where the failure lies below GraphQL. */
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
