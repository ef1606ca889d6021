import { ancestors, mergeBase } from "./history.ts";
import type { Account, Activity, Pull, Push, Repository } from "./model.ts";
import type { State } from "./state.ts";
import { createSuites } from "./suites.ts";
import { announcePull, record } from "./timeline.ts";

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
  /** What GitHub's activity calls it, if it is no plain push. */
  readonly activity?: Activity;
}

/** Points a branch at a commit and does all that GitHub does on a push. */
export function pushTo(state: State, { repo, branch, after, by, activity }: Move): void {
  const ref = branchRef(branch);
  const before = repo.refs.get(ref) ?? ZERO;
  if (before === after) return;
  const forced = before !== ZERO && !ancestors(repo.objects, after).has(before);
  const kind = before === ZERO ? "branch_creation" : forced ? "force_push" : "push";
  const move = { ref, before, after, pusher: by, forced, activity: activity ?? kind };
  repo.refs.set(ref, after);
  const push = noted(state, repo, move);
  createSuites(state, repo, push);
  if (before === ZERO) state.announce({ event: "create", repo, ref, sender: by });
  state.announce({ event: "push", repo, push, sender: by });
  for (const pull of openPulls(state)) {
    if (pull.headRepo === repo && branchRef(pull.headRef) === ref) moveHead(state, pull, push);
    else if (pull.repo === repo && branchRef(pull.baseRef) === ref) moveBase(state, pull, push);
  }
}

/** Deletes a branch and does all that GitHub does then: open pull requests from it or into it are closed. */
export function dropRef(state: State, { repo, branch, by }: Omit<Move, "after">): void {
  const ref = branchRef(branch);
  const before = tip(repo, branch);
  repo.refs.delete(ref);
  const move = { ref, before, after: ZERO, pusher: by, forced: false };
  const push = noted(state, repo, { ...move, activity: "branch_deletion" });
  state.announce({ event: "delete", repo, ref, sender: by });
  state.announce({ event: "push", repo, push, sender: by });
  for (const pull of openPulls(state)) {
    const from = pull.headRepo === repo && branchRef(pull.headRef) === ref;
    if (from) record(state, pull, { by, type: "head_ref_deleted" });
    if (from || (pull.repo === repo && branchRef(pull.baseRef) === ref)) closePull(state, pull, by);
  }
}

export function closePull(state: State, pull: Pull, by: Account): void {
  pull.state = "closed";
  pull.closedAt = state.now();
  record(state, pull, { by, type: "closed" });
  announcePull(state, pull, { by, action: "closed" });
}

function noted(state: State, repo: Repository, move: Omit<Push, "id" | "at">): Push {
  const push: Push = { id: state.nextId(), at: state.now(), ...move };
  repo.pushes.push(push);
  repo.pushedAt = push.at;
  return push;
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
  pull.autoMerge = null;
  record(state, pull, { by, type: "merged" });
  announcePull(state, pull, { by, action: "closed" });
}
