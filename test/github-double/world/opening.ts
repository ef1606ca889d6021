import type { Account, Pull, Repository } from "./model.ts";
import { tip } from "./pushing.ts";
import type { State } from "./state.ts";

export interface OpenPull {
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body?: string | null;
  readonly author: Account;
  readonly draft?: boolean;
  /** The fork the head lives in. */
  readonly headRepo?: Repository;
  /** The app whose user token opened it. */
  readonly performedVia?: number;
}

export function createPull(state: State, repo: Repository, given: OpenPull): Pull {
  const headRepo = given.headRepo ?? repo;
  const at = state.now();
  const pull: Pull = {
    id: state.nextId(),
    number: nextNumber(repo),
    repo,
    headRepo,
    headRef: given.head,
    headSha: tip(headRepo, given.head),
    baseRef: given.base,
    baseSha: tip(repo, given.base),
    stack: null,
    title: given.title,
    body: given.body ?? null,
    author: given.author,
    performedVia: given.performedVia ?? null,
    draft: given.draft ?? false,
    state: "open",
    mergedBy: null,
    mergedAt: null,
    mergeCommitSha: null,
    closedAt: null,
    createdAt: at,
    updatedAt: at,
    lastEditedAt: null,
    editor: null,
    autoMerge: null,
    linked: new Set(),
    misreported: {},
    labels: new Set(),
    assignees: new Set(),
    requested: new Set(),
    reviews: [],
    comments: [],
    timeline: [],
  };
  repo.pulls.set(pull.number, pull);
  return pull;
}

/** Issues and pull requests are counted together. */
export function nextNumber({ pulls, issues, deletedIssues }: Repository): number {
  return Math.max(0, ...pulls.keys(), ...issues.keys(), ...deletedIssues) + 1;
}
