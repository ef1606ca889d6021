import { z } from "zod";
import { CHECK_NAME } from "../client/check-name.ts";
import { parsed } from "../client/client.ts";
import type { Mutation } from "../client/mutation.ts";
import type { ExistingCheckRun } from "../reading/read-snapshot.ts";
import type { Annotation, CheckPlan, RunWrite } from "./check-plan.ts";
import { CHECKS } from "./publish.ts";

/** The GraphQL ids of a run's place. */
export interface RunPlace {
  readonly repositoryId: string;
  readonly headSha: string;
}

/** The first write of a plan; `null` if only the run's number is known. */
export function firstMutation(alias: string, place: RunPlace, { run, first }: CheckPlan): Mutation | null {
  const { repositoryId, headSha } = place;
  if (run !== null)
    return run.nodeId === null ? null : updateMutation(alias, { repositoryId, run: run.nodeId }, first);
  const input = { repositoryId, headSha, name: CHECK_NAME, ...fields(first) };
  return { alias, name: "createCheckRun", need: CHECKS, input };
}

/** The other writes, each under its own alias. */
export function otherMutations(
  { repositoryId }: RunPlace,
  run: string,
  others: readonly RunWrite[],
): readonly Mutation[] {
  return others.map((write, index) => updateMutation(`more${index}`, { repositoryId, run }, write));
}

export function updateMutation(
  alias: string,
  { repositoryId, run }: { readonly repositoryId: string; readonly run: string },
  write: RunWrite,
): Mutation {
  const input = { repositoryId, checkRunId: run, ...fields(write) };
  return { alias, name: "updateCheckRun", need: CHECKS, input };
}

function fields({ conclusion, output: { title, summary, text, annotations }, ...ids }: RunWrite) {
  return {
    ...ids,
    ...statusOf(conclusion),
    output: { title, summary, text, annotations: annotations.map(annotation) },
  };
}

function statusOf(conclusion: RunWrite["conclusion"]) {
  if (conclusion === undefined) return {};
  return conclusion === "none"
    ? { status: "IN_PROGRESS" }
    : { status: "COMPLETED", conclusion: conclusion.toUpperCase() };
}

function annotation({ path, startLine, endLine, level, title, message }: Annotation) {
  return { path, location: { startLine, endLine }, annotationLevel: level.toUpperCase(), title, message };
}

const runAnswer = z.object({ checkRun: z.object({ id: z.string(), databaseId: z.int() }) });

/** The run that a write returned. */
export function writtenRun(
  answer: unknown,
  externalId: string | null,
): ExistingCheckRun & { readonly nodeId: string } {
  const { id: nodeId, databaseId: id } = parsed(runAnswer, answer, "the check run").checkRun;
  return { id, nodeId, externalId };
}
