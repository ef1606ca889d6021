import type {
  Account,
  BranchProtection,
  CheckRun,
  CheckSuite,
  Comment,
  CommitStatus,
  Conversation,
  Installation,
  Issue,
  Label,
  Level,
  MergeGroup,
  Org,
  Pull,
  Push,
  Repository,
  Review,
  Ruleset,
  Team,
  WorkflowRun,
} from "./model.ts";

/** What happened in the world, in GitHub's own event names. The webhooks are made from these. */
export type WorldEvent = { readonly sender: Account } & (
  | PullRequestEvent
  | {
      readonly event: "pull_request_review";
      readonly action: "submitted" | "edited" | "dismissed";
      readonly pull: Pull;
      readonly review: Review;
    }
  | {
      readonly event: "issue_comment";
      readonly action: "created" | "edited" | "deleted";
      readonly on: Conversation;
      readonly comment: Comment;
      readonly from?: string;
    }
  | IssuesEvent
  | { readonly event: "merge_group"; readonly action: "checks_requested"; readonly group: MergeGroup }
  | {
      readonly event: "merge_group";
      readonly action: "destroyed";
      readonly group: MergeGroup;
      readonly reason: "merged" | "invalidated" | "dequeued";
    }
  | RepositoryEvent
  | { readonly event: "create" | "delete"; readonly repo: Repository; readonly ref: string }
  | { readonly event: "push"; readonly repo: Repository; readonly push: Push }
  | { readonly event: "status"; readonly repo: Repository; readonly status: CommitStatus }
  | {
      readonly event: "workflow_run";
      readonly action: "completed";
      readonly repo: Repository;
      readonly run: WorkflowRun;
    }
  | {
      readonly event: "check_suite";
      readonly action: "requested" | "rerequested" | "completed";
      readonly suite: CheckSuite;
    }
  | {
      readonly event: "check_run";
      readonly action: "created" | "completed" | "rerequested";
      readonly run: CheckRun;
    }
  | {
      readonly event: "check_run";
      readonly action: "requested_action";
      readonly run: CheckRun;
      readonly identifier: string;
    }
  | {
      readonly event: "membership";
      readonly action: "added" | "removed";
      readonly team: Team;
      readonly member: Account;
    }
  | {
      readonly event: "team";
      readonly action: "added_to_repository" | "edited" | "removed_from_repository";
      readonly team: Team;
      readonly repo: Repository;
    }
  | {
      readonly event: "team";
      readonly action: "edited";
      readonly team: Team;
      /** The name it had. */
      readonly from: string;
    }
  | { readonly event: "team"; readonly action: "created" | "deleted"; readonly team: Team }
  | { readonly event: "team_add"; readonly team: Team; readonly repo: Repository }
  | {
      readonly event: "label";
      readonly action: "created" | "deleted";
      readonly repo: Repository;
      readonly label: Label;
    }
  | {
      readonly event: "organization";
      readonly action: "member_added" | "member_removed";
      readonly org: Org;
      readonly member: Account;
    }
  | {
      readonly event: "organization";
      readonly action: "renamed";
      readonly org: Org;
      readonly from: string;
    }
  | {
      readonly event: "installation_target";
      readonly action: "renamed";
      readonly installation: Installation;
      readonly from: string;
    }
  | {
      readonly event: "installation_repositories";
      readonly action: "added" | "removed";
      readonly installation: Installation;
      readonly repositories: readonly Repository[];
    }
  | {
      readonly event: "member";
      readonly action: "added" | "edited" | "removed";
      readonly repo: Repository;
      readonly member: Account;
      readonly to: Level;
    }
  | {
      readonly event: "repository_ruleset";
      readonly action: "created" | "edited" | "deleted";
      readonly repo: Repository;
      readonly ruleset: Ruleset;
    }
  | {
      readonly event: "branch_protection_rule";
      readonly action: "created" | "edited" | "deleted";
      readonly repo: Repository;
      readonly branch: string;
      readonly protection: BranchProtection;
    }
  | {
      readonly event: "branch_protection_configuration";
      readonly action: "enabled" | "disabled";
      readonly repo: Repository;
    }
  | {
      readonly event: "installation";
      readonly action: "created" | "suspend" | "unsuspend" | "deleted" | "new_permissions_accepted";
      readonly installation: Installation;
    }
);

export type PullRequestEvent = { readonly event: "pull_request"; readonly pull: Pull } & (
  | {
      readonly action:
        | "opened"
        | "reopened"
        | "closed"
        | "ready_for_review"
        | "converted_to_draft"
        | "stacked"
        | "unstacked"
        | "auto_merge_enabled"
        | "enqueued";
    }
  | { readonly action: "dequeued"; readonly reason: DequeueReason }
  | { readonly action: "auto_merge_disabled"; readonly reason: string }
  | { readonly action: "synchronize"; readonly before: string; readonly after: string }
  | { readonly action: "edited"; readonly changes: Readonly<Record<string, unknown>> }
  | { readonly action: "labeled" | "unlabeled"; readonly label: Label }
  | { readonly action: "assigned" | "unassigned"; readonly assignee: Account }
  | { readonly action: "review_requested" | "review_request_removed"; readonly reviewer: Account | Team }
);

/** Why a pull request left a merge queue, in GitHub's words. */
export type DequeueReason =
  | "MANUAL"
  | "MERGE"
  | "MERGE_CONFLICT"
  | "CI_FAILURE"
  | "CI_TIMEOUT"
  | "QUEUE_CLEARED"
  | "BRANCH_PROTECTIONS";

export type IssuesEvent = { readonly event: "issues"; readonly issue: Issue } & (
  | { readonly action: "opened" | "closed" | "reopened" | "deleted" }
  | { readonly action: "edited"; readonly changes: Readonly<Record<string, unknown>> }
  | { readonly action: "assigned" | "unassigned"; readonly assignee: Account }
  | { readonly action: "labeled"; readonly label: Label }
);

export type RepositoryEvent = { readonly event: "repository"; readonly repo: Repository } & (
  | { readonly action: "created" | "deleted" | "archived" | "privatized" | "publicized" }
  | { readonly action: "renamed"; readonly from: string }
  /** Another default branch than this one. */
  | { readonly action: "edited"; readonly from: string }
  | { readonly action: "transferred"; readonly from: Account }
);

/** A change of a check run, as the log of transitions keeps it. */
export interface Transition {
  readonly at: string;
  readonly repo: string;
  readonly sha: string;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly title: string | null;
}
