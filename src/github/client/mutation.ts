import type { GitHubClient } from "./client.ts";
import { type GitHubProblem, GitHubUnavailable } from "./errors.ts";
import { type GraphqlAnswer, type GraphqlFault, refusal, sent } from "./graphql.ts";

/** One write of a document. */
export interface Mutation {
  /** Names it within its document. */
  readonly alias: string;
  readonly name: keyof typeof SELECTIONS;
  readonly input: Readonly<Record<string, unknown>>;
  /** The App permission it needs. */
  readonly need: string;
}

/** The outcome of a write. */
export type Outcome =
  | { readonly status: "done"; readonly answer: unknown }
  /** GitHub refused: the App may not do it, or not now. */
  | { readonly status: "failed"; readonly error: GitHubProblem | GitHubUnavailable }
  /** GitHub cannot do it in this form: a node is gone, or it rejects one of several names. */
  | { readonly status: "rejected" };

const DONE = "clientMutationId";
const RUN = "checkRun { id databaseId }";

/** Requested back for each write. */
const SELECTIONS = {
  createCheckRun: RUN,
  updateCheckRun: RUN,
  addLabelsToLabelable: DONE,
  removeLabelsFromLabelable: DONE,
  requestReviews: DONE,
} as const;

/** GitHub runs the writes in order and independently: a failed one neither undoes nor stops others. */
export function mutationDocument(mutations: readonly Mutation[]): string {
  const declared = mutations.map(({ alias, name }) => `$${alias}: ${inputType(name)}!`);
  const fields = mutations.map(
    ({ alias, name }) => `${alias}: ${name}(input: $${alias}) { ${SELECTIONS[name]} }`,
  );
  return `mutation CountersignWrite(${declared.join(", ")}) { ${fields.join(" ")} }`;
}

function inputType(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
}

/**
 * Makes all writes in one request and returns each outcome by alias; `null` if this GitHub does not understand the
 * document, so that nothing was done.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound} if the request itself failed, and it is unknown what was done
 */
export async function mutate(
  client: GitHubClient,
  mutations: readonly Mutation[],
): Promise<ReadonlyMap<string, Outcome> | null> {
  const variables = Object.fromEntries(mutations.map(({ alias, input }) => [alias, input]));
  const answer = await sent(client, { document: mutationDocument(mutations), variables }, ANY_NEED);
  const { data, faults } = answer;
  if (data == null && faults.length > 0 && faults.every(({ rule }) => rule !== null)) return null;
  return new Map(mutations.map((mutation) => [mutation.alias, outcome(mutation, answer)]));
}

const ANY_NEED = "Checks: write, Pull requests: write";
const RETRY_MS = 10_000;

function outcome({ alias, need }: Mutation, { data, faults, headers }: GraphqlAnswer): Outcome {
  const answer: unknown = typeof data === "object" && data !== null ? Reflect.get(data, alias) : null;
  if (answer !== null && answer !== undefined) return { status: "done", answer };
  const fault =
    faults.find(({ path }) => path.split(".")[0] === alias) ?? faults.find(({ path }) => path === "");
  if (fault === undefined) return { status: "failed", error: unavailable("no answer") };
  const error = refusal(fault, need, headers);
  if (error !== null) return { status: "failed", error };
  return isJudgement(fault)
    ? { status: "rejected" }
    : { status: "failed", error: unavailable(fault.message) };
}

/** An error with a type concerns the write; one without is a failure on GitHub's side. */
function isJudgement({ type }: GraphqlFault): boolean {
  return type !== "" && !/UNAVAILABLE|INTERNAL|TIMEOUT|LIMIT/.test(type);
}

function unavailable(message: string): GitHubUnavailable {
  return new GitHubUnavailable(`GitHub could not answer: ${message}`, RETRY_MS);
}
