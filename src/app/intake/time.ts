import type { HeardTime } from "../../store/time.ts";
import type { Hint } from "./hint.ts";

/** Of these, whoever did it says that the pull request goes on. */
const PUSHES: ReadonlySet<string> = new Set(["opened", "reopened", "synchronize", "ready_for_review"]);
const REPLIES: ReadonlySet<string> = new Set([
  "issue_comment",
  "pull_request_review",
  "pull_request_review_comment",
]);

/** What a delivery tells of whose reviews a pull request waits for, and whether its author is at it. */
export function heardTime(event: string, hint: Hint): readonly HeardTime[] {
  const { action, issue, pull_request: pull } = hint;
  const number = pull?.number ?? (issue?.pull_request ? issue.number : undefined);
  if (number === undefined) return [];
  if (event === "pull_request" && action === "closed") return [{ pull: number, closed: true }];
  const waitsFor = waiting(event, hint);
  const active = isActive(event, hint);
  if (waitsFor === null && !active) return [];
  // What is opened again was closed, whether or not that was heard.
  const isAgain = event === "pull_request" && action === "reopened";
  const before: readonly HeardTime[] = isAgain ? [{ pull: number, closed: true }] : [];
  return [...before, { pull: number, ...(waitsFor && { waitsFor }), ...(active && { active }) }];
}

/** Nobody has to look at a draft, or at what is closed. Whoever just reviewed it is not waited for. */
function waiting(event: string, { pull_request: pull, review, action }: Hint): readonly number[] | null {
  const { draft, state, requested_reviewers: requested } = pull ?? {};
  if (requested === undefined || draft === undefined || state === undefined) return null;
  if (draft || state !== "open") return [];
  const done = event === "pull_request_review" && action === "submitted" ? review?.user?.id : undefined;
  return [...new Set(requested.flatMap(({ id }) => (id === undefined || id === done ? [] : [id])))];
}

function isActive(event: string, { action, comment, review, issue, pull_request: pull }: Hint): boolean {
  if (event === "pull_request") return PUSHES.has(action ?? "");
  const author = (pull ?? issue)?.user?.id;
  const writer = (comment ?? review)?.user?.id;
  return REPLIES.has(event) && author !== undefined && author === writer && action !== "deleted";
}
