import { z } from "zod";
import { Failure } from "../cli/failure.ts";
import type { MergeGroup } from "../store/task.ts";

/** What a run is for. Of an event only names are taken: everything else is looked up. */
export type Occasion =
  | { readonly kind: "pull"; readonly number: number; readonly by: Sender | null }
  /** A pull request was closed, which leaves its head behind, with the status that it has. */
  | { readonly kind: "left"; readonly headSha: string }
  | { readonly kind: "group"; readonly headSha: string; readonly group: MergeGroup }
  | { readonly kind: "sweep" }
  | { readonly kind: "nothing"; readonly because: string };

/** Whose doing an event is, as GitHub says. */
interface Sender {
  readonly id: number;
  readonly login: string;
}

/** The events by which a workflow runs that no pull request can change before somebody signed for it. */
const TRUSTED: Readonly<Record<string, (payload: unknown) => Occasion>> = {
  pull_request_target: ofPull,
  issue_comment: ofComment,
  workflow_run: ofReview,
  merge_group: ofGroup,
  schedule: () => ({ kind: "sweep" }),
  workflow_dispatch: ofDispatch,
};

/** @throws {Failure} for every other event, and for a payload that is none of GitHub's */
export function occasionOf(event: string, payload: unknown): Occasion {
  const read = Object.hasOwn(TRUSTED, event) ? TRUSTED[event] : undefined;
  if (read === undefined)
    throw new Failure(
      `the event ${event} is not trusted: its workflow may come from the pull request. Use ${Object.keys(TRUSTED).join(", ")}`,
    );
  return read(payload);
}

const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const number = z.int().positive();

const sender = z.object({ id: z.int(), login: z.string() }).optional();

const pullPayload = z.object({
  sender,
  action: z.string(),
  pull_request: z.object({ number, merged: z.boolean(), head: z.object({ sha }) }),
});

function ofPull(payload: unknown): Occasion {
  const { action, pull_request: pull, sender: by = null } = read(pullPayload, payload);
  if (action !== "closed") return { kind: "pull", number: pull.number, by };
  if (pull.merged) return { kind: "nothing", because: `#${pull.number} is merged` };
  return { kind: "left", headSha: pull.head.sha };
}

const commentPayload = z.object({
  sender,
  issue: z.object({ number, pull_request: z.unknown().optional() }),
});

function ofComment(payload: unknown): Occasion {
  const { issue, sender: by = null } = read(commentPayload, payload);
  if (issue.pull_request === undefined)
    return { kind: "nothing", because: `#${issue.number} is an issue, not a pull request` };
  return { kind: "pull", number: issue.number, by };
}

const runPayload = z.object({
  sender,
  workflow_run: z.object({ event: z.string(), display_title: z.string() }),
});

/** What the small workflow is called that runs for a review: its file may be the pull request's own. */
const TITLE = /^countersign ([1-9]\d{0,9})$/;

/** The number is anybody's word. It names what to look at, and nothing else. */
function ofReview(payload: unknown): Occasion {
  const { workflow_run: run, sender: by = null } = read(runPayload, payload);
  const { event, display_title: title } = run;
  if (event !== "pull_request_review")
    return { kind: "nothing", because: "the run that ended was for no review" };
  const found = TITLE.exec(title)?.[1];
  if (found === undefined)
    return { kind: "nothing", because: "the run for a review names no pull request in its `run-name`" };
  return { kind: "pull", number: Number(found), by };
}

const groupPayload = z.object({
  action: z.string(),
  merge_group: z.object({ head_sha: sha, base_sha: sha, base_ref: z.string() }),
});

function ofGroup(payload: unknown): Occasion {
  const { action, merge_group: made } = read(groupPayload, payload);
  if (action !== "checks_requested") return { kind: "nothing", because: "the merge group is gone" };
  const base = made.base_ref.replace(/^refs\/heads\//, "");
  return { kind: "group", headSha: made.head_sha, group: { base, baseSha: made.base_sha } };
}

const dispatchPayload = z.object({
  ref: z.string(),
  repository: z.object({ default_branch: z.string() }),
});

function ofDispatch(payload: unknown): Occasion {
  const { ref, repository } = read(dispatchPayload, payload);
  if (ref === `refs/heads/${repository.default_branch}`) return { kind: "sweep" };
  throw new Failure(`the workflow was started on another branch: start it on ${repository.default_branch}`);
}

function read<T>(schema: z.ZodType<T>, payload: unknown): T {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Failure(`the event is not as GitHub describes it: ${issue?.path.join(".")}: ${issue?.message}`);
}
