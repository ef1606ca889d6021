import { labelNamed } from "./labels.ts";
import { type Account, type Conversation, type Issue, isPull, type Pull, type Repository } from "./model.ts";
import { nextNumber } from "./opening.ts";
import type { State } from "./state.ts";
import { announcePull, record } from "./timeline.ts";

export interface OpenIssue {
  readonly title: string;
  readonly body?: string | null;
  readonly author: Account;
  /** The app whose user token opened it. */
  readonly performedVia?: number;
}

/** Issues, and who is assigned to issues and pull requests. */
export function issues(state: State) {
  return {
    openIssue(repo: Repository, given: OpenIssue): Issue {
      const issue = createIssue(state, repo, given);
      repo.issues.set(issue.number, issue);
      state.announce({ event: "issues", action: "opened", issue, sender: given.author });
      return issue;
    },

    editIssue(
      issue: Issue,
      { title = issue.title, body = issue.body }: { readonly title?: string; readonly body?: string | null },
      by: Account,
    ): void {
      const changes = {
        ...(title === issue.title ? {} : { title: { from: issue.title } }),
        ...(body === issue.body ? {} : { body: { from: issue.body ?? "" } }),
      };
      if (title !== issue.title) record(state, issue, { by, type: "renamed", from: issue.title, to: title });
      if (body !== issue.body) {
        issue.lastEditedAt = state.now();
        issue.editor = by;
      }
      issue.title = title;
      issue.body = body;
      state.announce({ event: "issues", action: "edited", issue, changes, sender: by });
    },

    /** With all that was said in it; its number is not given again. */
    deleteIssue(issue: Issue, by: Account): void {
      issue.repo.issues.delete(issue.number);
      issue.repo.deletedIssues.add(issue.number);
      state.announce({ event: "issues", action: "deleted", issue, sender: by });
    },

    closeIssue(issue: Issue, by: Account): void {
      issue.state = "closed";
      issue.closedAt = state.now();
      record(state, issue, { by, type: "closed" });
      state.announce({ event: "issues", action: "closed", issue, sender: by });
    },

    reopenIssue(issue: Issue, by: Account): void {
      issue.state = "open";
      issue.closedAt = null;
      record(state, issue, { by, type: "reopened" });
      state.announce({ event: "issues", action: "reopened", issue, sender: by });
    },

    labelIssue(issue: Issue, name: string, by: Account): void {
      const label = labelNamed(state, issue.repo, name);
      if (issue.labels.has(label)) return;
      issue.labels.add(label);
      record(state, issue, { by, type: "labeled", label });
      state.announce({ event: "issues", action: "labeled", issue, label, sender: by });
    },

    assign(on: Conversation, assignee: Account, by: Account): void {
      on.assignees.add(assignee);
      assigned(on, { action: "assigned", assignee, by });
    },

    unassign(on: Conversation, assignee: Account, by: Account): void {
      on.assignees.delete(assignee);
      assigned(on, { action: "unassigned", assignee, by });
    },

    /** Links a pull request by hand to an issue that it is to close. */
    linkIssue(pull: Pull, issue: Issue, by: Account): void {
      pull.linked.add(issue);
      record(state, pull, { by, type: "connected", subject: issue });
      record(state, issue, { by, type: "connected", subject: pull });
    },

    unlinkIssue(pull: Pull, issue: Issue, by: Account): void {
      pull.linked.delete(issue);
      record(state, pull, { by, type: "disconnected", subject: issue });
      record(state, issue, { by, type: "disconnected", subject: pull });
    },
  };

  function assigned(
    on: Conversation,
    {
      action,
      assignee,
      by,
    }: { readonly action: "assigned" | "unassigned"; readonly assignee: Account; readonly by: Account },
  ): void {
    record(state, on, { by, type: action, assignee });
    if (isPull(on)) announcePull(state, on, { by, action, assignee });
    else state.announce({ event: "issues", action, issue: on, assignee, sender: by });
  }
}

function createIssue(state: State, repo: Repository, given: OpenIssue): Issue {
  const at = state.now();
  return {
    id: state.nextId(),
    number: nextNumber(repo),
    repo,
    author: given.author,
    performedVia: given.performedVia ?? null,
    title: given.title,
    body: given.body ?? null,
    state: "open",
    closedAt: null,
    createdAt: at,
    updatedAt: at,
    lastEditedAt: null,
    editor: null,
    labels: new Set(),
    assignees: new Set(),
    comments: [],
    timeline: [],
  };
}
