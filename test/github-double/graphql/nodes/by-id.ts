import { nodeId } from "../../shapes/links.ts";
import type { Repository } from "../../world/model.ts";
import { type Context, type Node, visible } from "../context.ts";
import { actor, team } from "./actor.ts";
import { checkRun } from "./check.ts";
import { comment } from "./comment.ts";
import { issue } from "./issue.ts";
import { pullRequest } from "./pull.ts";
import { repository } from "./repository.ts";
import { review } from "./review.ts";

interface Candidate {
  readonly id: string;
  readonly node: () => Node | null;
}

/** What has this node id, among what the caller may see. */
export function nodeById(context: Context, id: string): Node | null {
  for (const candidate of candidates(context)) if (candidate.id === id) return candidate.node();
  return null;
}

function* candidates(context: Context): Iterable<Candidate> {
  const { state } = context;
  for (const account of state.accounts.values())
    yield { id: nodeId(account.kind, account.id), node: () => actor(account) };
  for (const org of state.orgs.values())
    for (const each of org.teams.values()) yield { id: nodeId("Team", each.id), node: () => team(each) };
  for (const repo of state.repositories.values()) if (visible(context, repo)) yield* within(repo);
}

function* within(repo: Repository): Iterable<Candidate> {
  yield { id: nodeId("Repository", repo.id), node: () => repository(repo) };
  for (const each of repo.issues.values()) yield { id: nodeId("Issue", each.id), node: () => issue(each) };
  for (const run of repo.runs) yield { id: nodeId("CheckRun", run.id), node: () => checkRun(run) };
  for (const pull of repo.pulls.values()) {
    yield { id: nodeId("PullRequest", pull.id), node: () => pullRequest(pull) };
    for (const each of pull.reviews)
      yield { id: nodeId("PullRequestReview", each.id), node: () => review(pull, each) };
  }
  for (const on of [...repo.pulls.values(), ...repo.issues.values()])
    for (const each of on.comments)
      yield { id: nodeId("IssueComment", each.id), node: () => comment(on, each) };
}
