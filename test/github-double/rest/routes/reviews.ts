import { review } from "../../shapes/pull.ts";
import type { Pull, Review } from "../../world/model.ts";
import { Refused } from "../../world/refused.ts";
import { paged } from "../paging.ts";
import { actor, ok, param, type RepoCall, type Route, repoRoute } from "../route.ts";
import { pullOf } from "./issues.ts";

const READ = [{ pull_requests: "read" }] as const;
const WRITE = [{ pull_requests: "write" }] as const;

const VERDICTS = { APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED", COMMENT: "COMMENTED" } as const;

export const reviewRoutes: readonly Route[] = [
  repoRoute("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", READ, (call) => {
    const pull = pullOf(call);
    return paged(call, pull.reviews, (each) => review(call.state, pull, each));
  }),

  repoRoute("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}", READ, (call) => {
    const pull = pullOf(call);
    return ok(review(call.state, pull, reviewOf(call, pull)));
  }),

  repoRoute("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", WRITE, (call) => {
    const pull = pullOf(call);
    const { event, body } = call.body;
    const verdict =
      typeof event === "string" && event in VERDICTS ? VERDICTS[event as keyof typeof VERDICTS] : undefined;
    if (!verdict)
      throw new Refused(422, "Unprocessable Entity", ["Pending reviews are not part of this world"]);
    const made = call.world.review(pull, actor(call), verdict, typeof body === "string" ? body : "");
    return ok(review(call.state, pull, made));
  }),

  repoRoute("PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals", WRITE, (call) => {
    const pull = pullOf(call);
    const found = reviewOf(call, pull);
    call.world.dismiss(pull, found, actor(call), String(call.body.message ?? ""));
    return ok(review(call.state, pull, found));
  }),
];

function reviewOf(call: RepoCall, pull: Pull): Review {
  const found = pull.reviews.find((each) => each.id === Number(param(call, "review_id")));
  if (!found) throw new Refused(404, "Not Found");
  return found;
}
