import { ancestors, mergeBase } from "./history.ts";
import type { Account, Pull, Push, Repository } from "./model.ts";
import type { State } from "./state.ts";
import { createSuites } from "./suites.ts";

export const ZERO = "0".repeat(40);

export function branchRef(branch: string): string {
  return branch.startsWith("refs/") ? branch : `refs/heads/${branch}`;
}

/** The commit a branch stands at. */
export function tip(repo: Repository, branch: string): string {
  const sha = repo.refs.get(branchRef(branch));
  if (!sha) throw new Error(`${repo.name} has no branch ${branch}`);
  return sha;
}

export interface Move {
  readonly repo: Repository;
  readonly branch: string;
  readonly after: string;
  readonly by: Account;
}

/** Points a branch at a commit and does all that GitHub does on a push. */
export function pushTo(state: State, { repo, branch, after, by }: Move): void {
  const ref = branchRef(branch);
  const before = repo.refs.get(ref) ?? ZERO;
  if (before === after) return;
  const forced = before !== ZERO && !ancestors(repo.objects, after).has(before);
  const push: Push = { id: state.nextId(), ref, before, after, pusher: by, forced, at: state.now() };
  repo.refs.set(ref, after);
  repo.pushes.push(push);
  repo.pushedAt = push.at;
  createSuites(state, repo, push);
  state.announce({ event: "push", repo, push, sender: by });
  for (const pull of openPulls(state)) {
    if (pull.headRepo === repo && branchRef(pull.headRef) === ref) moveHead(state, pull, push);
    else if (pull.repo === repo && branchRef(pull.baseRef) === ref) moveBase(state, pull, push);
  }
}

function openPulls(state: State): readonly Pull[] {
  return [...state.repositories.values()].flatMap((repo) =>
    [...repo.pulls.values()].filter((pull) => pull.state === "open"),
  );
}

function moveHead(state: State, pull: Pull, push: Push): void {
  pull.headSha = push.after;
  pull.baseSha = tip(pull.repo, pull.baseRef);
  pull.updatedAt = push.at;
  const event = {
    id: state.nextId(),
    at: push.at,
    actor: push.pusher,
    before: push.before,
    after: push.after,
  };
  if (push.forced) pull.timeline.push({ ...event, type: "head_ref_force_pushed" });
  const { before, after, pusher: sender } = push;
  state.announce({ event: "pull_request", action: "synchronize", pull, before, after, sender });
}

function moveBase(state: State, pull: Pull, push: Push): void {
  const event = {
    id: state.nextId(),
    at: push.at,
    actor: push.pusher,
    before: push.before,
    after: push.after,
  };
  if (push.forced) pull.timeline.push({ ...event, type: "base_ref_force_pushed" });
  const merged = mergeBase(pull.repo.objects, push.after, pull.headSha) === pull.headSha;
  if (merged && pull.headSha !== push.before) markMerged(state, { pull, by: push.pusher, sha: push.after });
}

/** Also how GitHub records a pull request whose commits reached the base by a plain push. */
export function markMerged(
  state: State,
  { pull, by, sha }: { readonly pull: Pull; readonly by: Account; readonly sha: string },
): void {
  const at = state.now();
  pull.state = "closed";
  pull.mergedAt = at;
  pull.closedAt = at;
  pull.updatedAt = at;
  pull.mergedBy = by;
  pull.mergeCommitSha = sha;
  pull.timeline.push({ id: state.nextId(), at, actor: by, type: "merged" });
  state.announce({ event: "pull_request", action: "closed", pull, sender: by });
}
