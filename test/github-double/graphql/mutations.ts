import type { GraphQLError } from "graphql";
import { requestProblem } from "../contract/contract.ts";
import type { Caller } from "../rest/route.ts";
import type { Account, App, Repository } from "../world/model.ts";
import { Refused } from "../world/refused.ts";
import { createRun, type RunBody, updateRun } from "../writes/checks.ts";
import { addLabels } from "../writes/labels.ts";
import { reviewersOf } from "../writes/reviewers.ts";
import { type Context, need, needOneOf, refusal } from "./context.ts";
import { lookup } from "./lookup.ts";
import { checkRun } from "./nodes/check.ts";
import { pullRequest } from "./nodes/pull.ts";

type Input = Readonly<Record<string, unknown>>;

/** One mutation: what it does with its input, by the rules of its REST twin. */
type Mutation = (input: Input, context: Context) => object;

const LABELS = [{ issues: "write" }, { pull_requests: "write" }] as const;

const mutations: Readonly<Record<string, Mutation>> = {
  createCheckRun: (input, context) => {
    const repo = lookup(context).repository(String(input.repositoryId));
    const app = checkWriter(context, repo);
    const body: RunBody = { ...runBody(input), name: input.name, head_sha: input.headSha };
    hold("POST /repos/{owner}/{repo}/check-runs", body);
    return { checkRun: checkRun(createRun({ ...context, repo, app }, body)) };
  },

  updateCheckRun: (input, context) => {
    const repo = lookup(context).repository(String(input.repositoryId));
    const app = checkWriter(context, repo);
    const run = lookup(context).checkRun(String(input.checkRunId));
    const body = runBody(input);
    hold("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", body);
    updateRun({ ...context, repo, app }, run, body);
    return { checkRun: checkRun(run) };
  },

  addLabelsToLabelable: (input, context) => {
    const pull = lookup(context).pull(String(input.labelableId));
    needOneOf(context, LABELS, pull.repo);
    const names = ids(input.labelIds).map((id) => lookup(context).label(pull.repo, id).name);
    addLabels(context.world, pull, { names, by: actorOf(context.caller) });
    return { labelable: pullRequest(pull) };
  },

  removeLabelsFromLabelable: (input, context) => {
    const pull = lookup(context).pull(String(input.labelableId));
    needOneOf(context, LABELS, pull.repo);
    const labels = ids(input.labelIds).map((id) => lookup(context).label(pull.repo, id));
    for (const { name } of labels) context.world.unlabel(pull, name, actorOf(context.caller));
    return { labelable: pullRequest(pull) };
  },

  requestReviews: (input, context) => {
    const pull = lookup(context).pull(String(input.pullRequestId));
    need(context, { pull_requests: "write" }, pull.repo);
    const users = ids(input.userIds).map((id) => lookup(context).user(id));
    const teams = ids(input.teamIds).map((id) => lookup(context).team(id));
    const reviewers = reviewersOf(pull, [...users, ...teams]);
    const others = [...pull.requested].filter((who) => !reviewers.includes(who));
    const by = actorOf(context.caller);
    // Without `union` the new requests replace the old ones.
    if (input.union !== true) context.world.removeReviewers(pull, others, by);
    context.world.requestReviewers(pull, reviewers, by);
    return { pullRequest: pullRequest(pull) };
  },
};

/** Where mutations start: each takes its one `input` and gives the client's own id back. */
export const mutationRoot = Object.fromEntries(
  Object.entries(mutations).map(([name, run]) => [
    name,
    ({ input }: { readonly input: Input }, context: Context) => ({
      clientMutationId: input.clientMutationId ?? null,
      ...attempted(() => run(input, context)),
    }),
  ]),
);

function attempted(run: () => object): object {
  try {
    return run();
  } catch (problem) {
    throw problem instanceof Refused ? asGraphql(problem) : problem;
  }
}

const TYPES: Readonly<Record<number, string>> = { 403: "FORBIDDEN", 404: "NOT_FOUND" };

function asGraphql({ status, message }: Refused): GraphQLError {
  return refusal(TYPES[status] ?? "UNPROCESSABLE", message);
}

/** Holds an input, put as the body of its REST twin, to the published limits. */
function hold(operation: string, body: RunBody): void {
  const problem = requestProblem(operation, body);
  if (problem !== null) throw refusal("UNPROCESSABLE", problem);
}

/** Checks belong to apps: nobody else may write them. */
function checkWriter(context: Context, repo: Repository): App {
  need(context, { checks: "write" }, repo);
  if (context.caller.kind !== "installation")
    throw refusal("FORBIDDEN", "You must authenticate via a GitHub App.");
  return context.caller.installation.app;
}

function actorOf(caller: Caller): Account {
  switch (caller.kind) {
    case "app":
      return caller.app.bot;
    case "installation":
      return caller.installation.app.bot;
    case "user":
      return caller.account;
    case "nobody":
      throw refusal("FORBIDDEN", "Requires authentication");
  }
}

function ids(given: unknown): readonly string[] {
  return Array.isArray(given) ? given.map(String) : [];
}

/** GraphQL's input in REST's words; what was not given stays away. */
function runBody(input: Input): RunBody {
  const { output } = input as { readonly output?: Input };
  return present({
    status: lower(input.status),
    conclusion: lower(input.conclusion),
    external_id: input.externalId,
    details_url: input.detailsUrl,
    started_at: input.startedAt,
    completed_at: input.completedAt,
    actions: input.actions,
    output: output && present({ ...output, annotations: annotations(output.annotations) }),
  });
}

interface AnnotationData {
  readonly path: string;
  readonly location: Readonly<Record<"startLine" | "endLine", number>>;
  readonly annotationLevel: string;
  readonly message: string;
  readonly title?: string;
}

function annotations(given: unknown): unknown {
  if (!Array.isArray(given)) return undefined;
  return given.map(({ path, location, annotationLevel, message, title }: AnnotationData) =>
    present({
      path,
      start_line: location.startLine,
      end_line: location.endLine,
      annotation_level: lower(annotationLevel),
      message,
      title,
    }),
  );
}

function lower(given: unknown): unknown {
  return typeof given === "string" ? given.toLowerCase() : given;
}

function present(fields: Readonly<Record<string, unknown>>): RunBody {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  );
}
