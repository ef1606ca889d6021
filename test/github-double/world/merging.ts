import { ancestors, commitsBetween } from "./history.ts";
import { signatureOf, webSignature } from "./identity.ts";
import { mergeFiles } from "./merge.ts";
import { complaint, latestRuns, latestStatuses, rulesetsFor, standingOf } from "./merge-requirements.ts";
import type { Account, Pull } from "./model.ts";
import type { Commit } from "./objects.ts";
import { atLeast, permissionIn } from "./permissions.ts";
import { markMerged, pushTo, tip } from "./pushing.ts";
import type { State } from "./state.ts";

export type MergeState = "clean" | "blocked" | "dirty" | "draft" | "behind" | "unstable" | "unknown";

export interface MergeResult {
  readonly status: 200 | 403 | 405 | 409;
  readonly message: string;
  readonly sha?: string;
}

export interface MergeOptions {
  readonly method?: "merge" | "squash" | "rebase";
  /** Refuse when the head is not this commit. */
  readonly sha?: string;
  readonly title?: string;
  readonly message?: string;
}

/** The merge button and its API. */
export function merging(state: State) {
  return {
    merge: (pull: Pull, by: Account, options: MergeOptions = {}): MergeResult =>
      mergePull(state, pull, { ...options, by }),

    /** What the merge box would say, `null` when the button is green. */
    whyNotMergeable: (pull: Pull, by: Account): string | null => whyNot(pull, by, {})?.message ?? null,
  };
}

export function mergePull(
  state: State,
  pull: Pull,
  { by, ...options }: MergeOptions & { readonly by: Account },
): MergeResult {
  const refusal = whyNot(pull, by, options);
  if (refusal) return refusal;
  const commit =
    options.method === "rebase" ? rebased(state, pull, by) : mergeCommit(state, pull, by, options);
  const { repo, baseRef: branch } = pull;
  markMerged(state, { pull, by, sha: commit.sha });
  pushTo(state, { repo, branch, after: commit.sha, by, activity: "pr_merge" });
  return { status: 200, message: "Pull Request successfully merged", sha: commit.sha };
}

function whyNot(pull: Pull, by: Account, options: MergeOptions): MergeResult | null {
  if (pull.state === "closed") return { status: 405, message: "Pull Request is not mergeable" };
  if (!atLeast(permissionIn(pull.repo, by), "write"))
    return { status: 403, message: "Must have push access to the repository to merge pull requests." };
  if (pull.draft) return { status: 405, message: "Pull Request is still a draft" };
  if (options.sha !== undefined && options.sha !== pull.headSha)
    return { status: 409, message: "Head branch was modified. Review and try the merge again." };
  if (conflicts(pull)) return { status: 405, message: "Pull Request is not mergeable" };
  const broken = brokenRules(pull, by);
  if (broken) return { status: 405, message: `Repository rule violations found\n\n${broken}\n\n` };
  return null;
}

/** The first rule that stands in the way. Only checks on the newest head count. */
function brokenRules(pull: Pull, by: Account | null): string | null {
  const rulesets = rulesetsFor(pull.repo, pull.stack?.base ?? pull.baseRef).filter(
    ({ bypass }) => by === null || !bypass.includes(by),
  );
  const required = rulesets.flatMap((ruleset) => ruleset.requiredChecks);
  const standings = required.map((check) => ({
    context: check.context,
    standing: standingOf(pull.repo, pull.headSha, check),
  }));
  if (rulesets.some((ruleset) => ruleset.strict) && isBehind(pull)) return "Head branch is out of date.";
  return complaint(standings);
}

function isBehind(pull: Pull): boolean {
  return !ancestors(pull.repo.objects, pull.headSha).has(tip(pull.repo, pull.baseRef));
}

export function conflicts(pull: Pull): boolean {
  return mergeFiles(pull.repo.objects, tip(pull.repo, pull.baseRef), pull.headSha).conflict;
}

/** REST's `mergeable_state`; GraphQL's `mergeStateStatus` is the same in capitals. */
export function mergeState(pull: Pull): MergeState {
  if (pull.state === "closed") return "unknown";
  if (conflicts(pull)) return "dirty";
  if (pull.draft) return "draft";
  if (rulesetsFor(pull.repo, pull.baseRef).some((ruleset) => ruleset.strict) && isBehind(pull))
    return "behind";
  if (brokenRules(pull, null) !== null) return "blocked";
  const { repo, headSha } = pull;
  const passing = [...latestRuns(repo, headSha), ...latestStatuses(repo, headSha)].every(
    (check) =>
      standingOf(repo, headSha, { context: "name" in check ? check.name : check.context }) === "passing",
  );
  return passing ? "clean" : "unstable";
}

/** Each commit of the pull request made anew upon the base, by its author and committed by whoever merges. */
function rebased(state: State, pull: Pull, by: Account): Commit {
  const { objects } = pull.repo;
  const base = tip(pull.repo, pull.baseRef);
  const date = state.now();
  return commitsBetween(objects, base, pull.headSha).reduce((parent: Commit, { sha, author, message }) => {
    const merged = mergeFiles(objects, base, sha);
    if (merged.conflict) throw new Error("checked before");
    const tree = objects.tree(merged.files);
    return objects.commit({ tree, parents: [parent.sha], author, committer: signatureOf(by, date), message });
  }, objects.commitAt(base));
}

function mergeCommit(state: State, pull: Pull, by: Account, options: MergeOptions) {
  const { repo } = pull;
  const base = tip(repo, pull.baseRef);
  const merged = mergeFiles(repo.objects, base, pull.headSha);
  if (merged.conflict) throw new Error("checked before");
  const date = state.now();
  const squash = options.method === "squash";
  const from = `${pull.headRepo.owner.login}/${pull.headRef}`;
  const title =
    options.title ??
    (squash ? `${pull.title} (#${pull.number})` : `Merge pull request #${pull.number} from ${from}`);
  const body = options.message ?? (squash ? "" : pull.title);
  return repo.objects.commit({
    tree: repo.objects.tree(merged.files),
    parents: squash ? [base] : [base, pull.headSha],
    author: signatureOf(squash ? pull.author : by, date),
    committer: webSignature(date),
    message: body === "" ? title : `${title}\n\n${body}`,
  });
}
