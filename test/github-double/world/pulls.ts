import type { PullRequestEvent } from "./events.ts";
import { labelNamed } from "./labels.ts";
import type { Account, Comment, Pull, Repository, Stack, Team, TimelineEvent } from "./model.ts";
import { createPull, type OpenPull } from "./opening.ts";
import { tip } from "./pushing.ts";
import type { State } from "./state.ts";

type Details<E> = E extends PullRequestEvent ? Omit<E, "event" | "pull"> : never;
type Happening<E> = E extends TimelineEvent ? Omit<E, "id" | "at" | "actor"> : never;

/** The life of a pull request but for reviews and merging. */
export function pulls(state: State) {
  const announce = (pull: Pull, sender: Account, details: Details<PullRequestEvent>) => {
    pull.updatedAt = state.now();
    state.announce({ event: "pull_request", pull, sender, ...details });
  };
  const record = (pull: Pull, actor: Account, what: Happening<TimelineEvent>) => {
    pull.timeline.push({ id: state.nextId(), at: state.now(), actor, ...what });
  };

  return {
    openPull(repo: Repository, given: OpenPull): Pull {
      const pull = createPull(state, repo, given);
      announce(pull, given.author, { action: "opened" });
      return pull;
    },

    retarget(pull: Pull, base: string, by: Account): void {
      const from = pull.baseRef;
      const changes = { base: { ref: { from }, sha: { from: pull.baseSha } } };
      pull.baseSha = tip(pull.repo, base);
      pull.baseRef = base;
      record(pull, by, { type: "base_ref_changed", from, to: base });
      announce(pull, by, { action: "edited", changes });
    },

    /** Makes a stack of pull requests that build on one another, the lowest first. */
    stack(pulls: readonly Pull[], by: Account): Stack {
      const [lowest] = pulls;
      if (!lowest) throw new Error("a stack needs a pull request");
      const id = state.nextId();
      const stack: Stack = { id, number: id, base: lowest.baseRef, pulls };
      for (const pull of pulls) {
        pull.stack = stack;
        announce(pull, by, { action: "stacked" });
      }
      return stack;
    },

    unstack(stack: Stack, by: Account): void {
      for (const pull of stack.pulls) {
        pull.stack = null;
        announce(pull, by, { action: "unstacked" });
      }
    },

    editPull(pull: Pull, given: { readonly title?: string; readonly body?: string }, by: Account): void {
      const changes: Record<string, unknown> = {};
      if (given.title !== undefined) {
        changes.title = { from: pull.title };
        record(pull, by, { type: "renamed", from: pull.title, to: given.title });
        pull.title = given.title;
      }
      if (given.body !== undefined) {
        changes.body = { from: pull.body ?? "" };
        pull.body = given.body;
        pull.lastEditedAt = state.now();
        pull.editor = by;
      }
      announce(pull, by, { action: "edited", changes });
    },

    close(pull: Pull, by: Account): void {
      pull.state = "closed";
      pull.closedAt = state.now();
      record(pull, by, { type: "closed" });
      announce(pull, by, { action: "closed" });
    },

    reopen(pull: Pull, by: Account): void {
      if (pull.mergedAt !== null) throw new Error("a merged pull request cannot be reopened");
      pull.state = "open";
      pull.closedAt = null;
      pull.headSha = tip(pull.headRepo, pull.headRef);
      pull.baseSha = tip(pull.repo, pull.baseRef);
      record(pull, by, { type: "reopened" });
      announce(pull, by, { action: "reopened" });
    },

    readyForReview(pull: Pull, by: Account): void {
      pull.draft = false;
      record(pull, by, { type: "ready_for_review" });
      announce(pull, by, { action: "ready_for_review" });
    },

    convertToDraft(pull: Pull, by: Account): void {
      pull.draft = true;
      record(pull, by, { type: "convert_to_draft" });
      announce(pull, by, { action: "converted_to_draft" });
    },

    /** A label the repository does not know is made, as the API does. */
    label(pull: Pull, name: string, by: Account): void {
      const label = labelNamed(state, pull.repo, name);
      if (pull.labels.has(label)) return;
      pull.labels.add(label);
      record(pull, by, { type: "labeled", label });
      announce(pull, by, { action: "labeled", label });
    },

    unlabel(pull: Pull, name: string, by: Account): boolean {
      const label = pull.repo.labels.get(name.toLowerCase());
      if (!label || !pull.labels.delete(label)) return false;
      record(pull, by, { type: "unlabeled", label });
      announce(pull, by, { action: "unlabeled", label });
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

    assign(pull: Pull, assignee: Account, by: Account): void {
      pull.assignees.add(assignee);
      record(pull, by, { type: "assigned", assignee });
      announce(pull, by, { action: "assigned", assignee });
    },

    unassign(pull: Pull, assignee: Account, by: Account): void {
      pull.assignees.delete(assignee);
      record(pull, by, { type: "unassigned", assignee });
      announce(pull, by, { action: "unassigned", assignee });
    },

    /** The undocumented timeline event whose actor asked Copilot to work. No webhook tells of it. */
    copilotWorkStarted: (pull: Pull, actor: Account) => record(pull, actor, { type: "copilot_work_started" }),

    requestReviewers(pull: Pull, reviewers: readonly (Account | Team)[], by: Account): void {
      for (const reviewer of reviewers) {
        if (pull.requested.has(reviewer)) continue;
        pull.requested.add(reviewer);
        record(pull, by, { type: "review_requested", reviewer });
        announce(pull, by, { action: "review_requested", reviewer });
      }
    },

    removeReviewers(pull: Pull, reviewers: readonly (Account | Team)[], by: Account): void {
      for (const reviewer of reviewers) {
        if (!pull.requested.delete(reviewer)) continue;
        record(pull, by, { type: "review_request_removed", reviewer });
        announce(pull, by, { action: "review_request_removed", reviewer });
      }
    },

    comment(pull: Pull, by: Account, body: string): Comment {
      const at = state.now();
      const comment: Comment = {
        id: state.nextId(),
        author: by,
        body,
        createdAt: at,
        updatedAt: at,
        editor: null,
      };
      pull.comments.push(comment);
      state.announce({ event: "issue_comment", action: "created", pull, comment, sender: by });
      return comment;
    },

    /** `by` is its author or somebody with write access. */
    editComment(pull: Pull, comment: Comment, given: { readonly body: string; readonly by: Account }): void {
      const from = comment.body;
      const { by } = given;
      comment.body = given.body;
      comment.editor = by;
      comment.updatedAt = state.now();
      state.announce({ event: "issue_comment", action: "edited", pull, comment, from, sender: by });
    },
  };
}
