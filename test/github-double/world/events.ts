import type {
  Account,
  CheckRun,
  CheckSuite,
  Comment,
  CommitStatus,
  Installation,
  Label,
  Level,
  Org,
  Pull,
  Push,
  QueueEntry,
  Repository,
  Review,
  Team,
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
      readonly action: "created" | "edited";
      readonly pull: Pull;
      readonly comment: Comment;
      readonly from?: string;
    }
  | {
      readonly event: "merge_group";
      readonly action: "checks_requested";
      readonly repo: Repository;
      /** The last of the group. */
      readonly entry: QueueEntry;
      readonly baseSha: string;
    }
  | { readonly event: "push"; readonly repo: Repository; readonly push: Push }
  | { readonly event: "status"; readonly repo: Repository; readonly status: CommitStatus }
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
      readonly event: "member";
      readonly action: "added" | "edited" | "removed";
      readonly repo: Repository;
      readonly member: Account;
      readonly to: Level;
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
        | "unstacked";
    }
  | { readonly action: "synchronize"; readonly before: string; readonly after: string }
  | { readonly action: "edited"; readonly changes: Readonly<Record<string, unknown>> }
  | { readonly action: "labeled" | "unlabeled"; readonly label: Label }
  | { readonly action: "assigned" | "unassigned"; readonly assignee: Account }
  | { readonly action: "review_requested" | "review_request_removed"; readonly reviewer: Account | Team }
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
