import { ancestors } from "./history.ts";
import { labelNamed } from "./labels.ts";
import type { Account, Pull, Repository, Stack, Team } from "./model.ts";
import { createPull, type OpenPull } from "./opening.ts";
import { branchRef, closePull, tip } from "./pushing.ts";
import { Refused } from "./refused.ts";
import type { State } from "./state.ts";
import { announcePull, record } from "./timeline.ts";

/** The life of a pull request but for reviews and merging. */
export function pulls(state: State) {
  return {
    openPull(repo: Repository, given: OpenPull): Pull {
      const twin = [...repo.pulls.values()].find((each) => isTwin(each, repo, given));
      if (twin)
        throw new Refused(422, "Validation Failed", [`A pull request already exists for ${given.head}.`]);
      const pull = createPull(state, repo, given);
      announcePull(state, pull, { by: given.author, action: "opened" });
      return pull;
    },

    retarget(pull: Pull, base: string, by: Account): void {
      const from = pull.baseRef;
      const changes = { base: { ref: { from }, sha: { from: pull.baseSha } } };
      pull.baseSha = tip(pull.repo, base);
      pull.baseRef = base;
      record(state, pull, { by, type: "base_ref_changed", from, to: base });
      announcePull(state, pull, { by, action: "edited", changes });
    },

    /** Makes a stack of pull requests that build on one another, the lowest first. */
    stack(pulls: readonly Pull[], by: Account): Stack {
      const [lowest] = pulls;
      if (!lowest) throw new Error("a stack needs a pull request");
      const id = state.nextId();
      const stack: Stack = { id, number: id, base: lowest.baseRef, pulls };
      for (const pull of pulls) {
        pull.stack = stack;
        announcePull(state, pull, { by, action: "stacked" });
      }
      return stack;
    },

    unstack(stack: Stack, by: Account): void {
      for (const pull of stack.pulls) {
        pull.stack = null;
        announcePull(state, pull, { by, action: "unstacked" });
      }
    },

    editPull(pull: Pull, given: { readonly title?: string; readonly body?: string }, by: Account): void {
      const changes: Record<string, unknown> = {};
      if (given.title !== undefined) {
        changes.title = { from: pull.title };
        record(state, pull, { by, type: "renamed", from: pull.title, to: given.title });
        pull.title = given.title;
      }
      if (given.body !== undefined) {
        changes.body = { from: pull.body ?? "" };
        pull.body = given.body;
        pull.lastEditedAt = state.now();
        pull.editor = by;
      }
      announcePull(state, pull, { by, action: "edited", changes });
    },

    close: (pull: Pull, by: Account): void => closePull(state, pull, by),

    reopen(pull: Pull, by: Account): void {
      const why = whyNotReopen(pull);
      if (why !== null) throw new Refused(422, "Validation Failed", [`state cannot be changed. ${why}`]);
      pull.state = "open";
      pull.closedAt = null;
      pull.headSha = tip(pull.headRepo, pull.headRef);
      pull.baseSha = tip(pull.repo, pull.baseRef);
      record(state, pull, { by, type: "reopened" });
      announcePull(state, pull, { by, action: "reopened" });
    },

    readyForReview(pull: Pull, by: Account): void {
      pull.draft = false;
      record(state, pull, { by, type: "ready_for_review" });
      announcePull(state, pull, { by, action: "ready_for_review" });
    },

    convertToDraft(pull: Pull, by: Account): void {
      pull.draft = true;
      record(state, pull, { by, type: "convert_to_draft" });
      announcePull(state, pull, { by, action: "converted_to_draft" });
    },

    /** A label the repository does not know is made, as the API does. */
    label(pull: Pull, name: string, by: Account): void {
      const label = labelNamed(state, pull.repo, name);
      if (pull.labels.has(label)) return;
      pull.labels.add(label);
      record(state, pull, { by, type: "labeled", label });
      announcePull(state, pull, { by, action: "labeled", label });
    },

    unlabel(pull: Pull, name: string, by: Account): boolean {
      const label = pull.repo.labels.get(name.toLowerCase());
      if (!label || !pull.labels.delete(label)) return false;
      record(state, pull, { by, type: "unlabeled", label });
      announcePull(state, pull, { by, action: "unlabeled", label });
      return true;
    },

    /** Takes a label from the repository, and so from all its pull requests, which are told nothing of it. */
    deleteLabel(repo: Repository, name: string, by: Account): void {
      const label = repo.labels.get(name.toLowerCase());
      if (!label) throw new Error(`${repo.name} has no label ${name}`);
      repo.labels.delete(name.toLowerCase());
      for (const pull of repo.pulls.values()) pull.labels.delete(label);
      state.announce({ event: "label", action: "deleted", repo, label, sender: by });
    },

    /** The undocumented timeline event whose actor asked Copilot to work. No webhook tells of it. */
    copilotWorkStarted: (pull: Pull, actor: Account) =>
      record(state, pull, { by: actor, type: "copilot_work_started" }),

    requestReviewers(pull: Pull, reviewers: readonly (Account | Team)[], by: Account): void {
      for (const reviewer of reviewers) {
        if (pull.requested.has(reviewer)) continue;
        pull.requested.add(reviewer);
        record(state, pull, { by, type: "review_requested", reviewer });
        announcePull(state, pull, { by, action: "review_requested", reviewer });
      }
    },

    removeReviewers(pull: Pull, reviewers: readonly (Account | Team)[], by: Account): void {
      for (const reviewer of reviewers) {
        if (!pull.requested.delete(reviewer)) continue;
        record(state, pull, { by, type: "review_request_removed", reviewer });
        announcePull(state, pull, { by, action: "review_request_removed", reviewer });
      }
    },
  };
}

function isTwin(pull: Pull, repo: Repository, { head, base, headRepo = repo }: OpenPull): boolean {
  return (
    pull.state === "open" && pull.headRef === head && pull.baseRef === base && pull.headRepo === headRepo
  );
}

/** GitHub's sentences; that a branch moved forwards is no reason, its new commits come along. */
function whyNotReopen(pull: Pull): string | null {
  const { headRepo, headRef, headSha } = pull;
  if (pull.mergedAt !== null) return "The pull request is merged.";
  if (headRepo.deleted) return "The repository that submitted this pull request has been deleted.";
  const now = headRepo.refs.get(branchRef(headRef));
  if (now === undefined || !ancestors(headRepo.objects, now).has(headSha))
    return `The ${headRef} branch was force-pushed or recreated.`;
  return null;
}
