import type { ObjectStore } from "./objects.ts";

/** What somebody may do in a repository, in rising order. */
export const LEVELS = ["none", "read", "triage", "write", "maintain", "admin"] as const;
export type Level = (typeof LEVELS)[number];

export interface Account {
  readonly kind: "User" | "Bot" | "Organization";
  readonly id: number;
  /** As GraphQL and people write it; a bot's has no `[bot]` here. */
  login: string;
  /** As REST and webhooks write it: `kiro-agent[bot]`, but `Copilot` for Copilot. */
  restLogin: string;
  readonly name: string | null;
  readonly email: string | null;
  /** Those that were added to it, lower-cased. */
  readonly addresses: Set<string>;
  /** For a bot, the app it acts for. */
  appSlug?: string;
  readonly createdAt: string;
  /** A deleted account shows as nobody. */
  deleted: boolean;
  /** Says so itself. */
  busy: boolean;
}

export interface Org extends Account {
  readonly kind: "Organization";
  readonly members: Set<Account>;
  readonly owners: Set<Account>;
  readonly teams: Map<string, Team>;
}

export interface Team {
  readonly id: number;
  readonly org: Org;
  slug: string;
  readonly parent: Team | null;
  readonly privacy: "closed" | "secret";
  /** On every repository of the organization, unless a repository says otherwise. */
  permission: Level;
  /** Direct members; child teams add theirs. */
  readonly members: Set<Account>;
  readonly createdAt: string;
}

export interface Label {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string;
}

export interface Push {
  readonly id: number;
  readonly ref: string;
  /** Forty zeros for a new ref. */
  readonly before: string;
  /** Forty zeros for a deleted ref. */
  readonly after: string;
  readonly pusher: Account;
  readonly forced: boolean;
  readonly activity: Activity;
  /** The commits that nobody had pushed before. */
  readonly introduced: ReadonlySet<string>;
  readonly at: string;
}

/** What moved a ref, in the words of REST's `activity`. */
export type Activity =
  | "push"
  | "force_push"
  | "branch_creation"
  | "branch_deletion"
  | "pr_merge"
  | "merge_queue_merge";

export interface RequiredCheck {
  readonly context: string;
  /** The app that must have reported it; absent: anybody. */
  readonly integrationId?: number;
}

/** One rule of a ruleset, as REST writes it. */
export interface Rule {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Who may bypass a ruleset, as REST writes it. */
export interface BypassActor {
  readonly actor_type: "Integration" | "OrganizationAdmin" | "RepositoryRole" | "Team" | "DeployKey" | "User";
  readonly actor_id: number | null;
  readonly bypass_mode: "always" | "pull_request" | "exempt";
}

export interface Ruleset {
  readonly id: number;
  /** Whose it is. */
  readonly source: "Repository" | "Organization" | "Enterprise";
  name: string;
  target: "branch" | "tag" | "push";
  enforcement: "active" | "disabled" | "evaluate";
  /** Branch names, fnmatch patterns, `~DEFAULT_BRANCH` or `~ALL`. */
  branches: readonly string[];
  excluded: readonly string[];
  rules: readonly Rule[];
  bypass: readonly BypassActor[];
  readonly createdAt: string;
  updatedAt: string;
}

/** Classic protection of one branch. */
export interface BranchProtection {
  readonly id: number;
  readonly createdAt: string;
  readonly requiredChecks: readonly RequiredCheck[];
  /** "Do not allow bypassing the above settings". */
  readonly enforceAdmins: boolean;
  /** Approving reviews that are required; `null`: no pull request is. */
  readonly approvals: number | null;
  readonly allowForcePushes: boolean;
  /** People who may force-push although others may not. */
  readonly forcePushers: readonly Account[];
  readonly allowDeletions: boolean;
}

export interface CheckSuite {
  readonly id: number;
  readonly repo: Repository;
  readonly sha: string;
  readonly branch: string | null;
  readonly appId: number;
  readonly push: Push | null;
  readonly createdAt: string;
}

export type CheckStatus = "queued" | "in_progress" | "completed";
export type Conclusion =
  | "success"
  | "failure"
  | "neutral"
  | "cancelled"
  | "skipped"
  | "timed_out"
  | "action_required"
  | "stale";

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: "notice" | "warning" | "failure";
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CheckRun {
  readonly id: number;
  readonly suite: CheckSuite;
  name: string;
  status: CheckStatus;
  conclusion: Conclusion | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: Annotation[];
  actions: readonly CheckAction[];
  externalId: string | null;
  detailsUrl: string | null;
  startedAt: string | null;
  completedAt: string | null;
}

/** A run of a workflow, which others may hear of when it is over. */
export interface WorkflowRun {
  readonly id: number;
  /** Of its workflow. */
  readonly name: string;
  readonly path: string;
  /** What `run-name` came to, or what GitHub makes of the event. */
  readonly title: string;
  /** What it ran for. */
  readonly event: string;
  readonly headSha: string;
  readonly headRef: string;
  readonly headRepo: Repository;
  readonly at: string;
  readonly by: Account;
}

export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: "error" | "failure" | "pending" | "success";
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: Account;
  /** Set when an app's token made it. */
  readonly appId: number | null;
  readonly createdAt: string;
}

export type ReviewState = "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";

export interface Review {
  readonly id: number;
  readonly author: Account;
  state: ReviewState;
  body: string;
  commitSha: string;
  readonly submittedAt: string;
  lastEditedAt: string | null;
  /** Who edited it last. */
  editor: Account | null;
  /** What was said on lines of the diff. */
  readonly comments: Comment[];
}

export interface Comment {
  readonly id: number;
  readonly author: Account;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  /** Who edited it last. */
  editor: Account | null;
  /** The app whose user token wrote it. */
  readonly performedVia: number | null;
  readonly byEmail: boolean;
  /** All it said, oldest first. */
  readonly versions: Version[];
}

/** One state of a text, with who wrote it. */
export interface Version {
  readonly id: number;
  readonly body: string;
  readonly by: Account;
  readonly at: string;
}

/** An issue, or what a pull request has in common with one. */
export type Conversation = Pull | Issue;

export interface Issue {
  readonly id: number;
  /** Counted with the pull requests of the repository. */
  readonly number: number;
  readonly repo: Repository;
  readonly author: Account;
  /** The app whose user token opened it, if one did. */
  readonly performedVia: number | null;
  title: string;
  body: string | null;
  state: "open" | "closed";
  closedAt: string | null;
  readonly createdAt: string;
  updatedAt: string;
  lastEditedAt: string | null;
  editor: Account | null;
  readonly labels: Set<Label>;
  readonly assignees: Set<Account>;
  readonly comments: Comment[];
  readonly timeline: TimelineEvent[];
}

export type TimelineEvent = { readonly id: number; readonly at: string; readonly actor: Account } & (
  | { readonly type: "head_ref_force_pushed"; readonly before: string; readonly after: string }
  | { readonly type: "base_ref_changed"; readonly from: string; readonly to: string }
  | { readonly type: "base_ref_force_pushed"; readonly before: string; readonly after: string }
  | {
      readonly type:
        | "ready_for_review"
        | "convert_to_draft"
        | "closed"
        | "reopened"
        | "merged"
        | "copilot_work_started";
    }
  | {
      readonly type: "review_dismissed";
      readonly review: Review;
      readonly previously: ReviewState;
      readonly message: string;
    }
  | { readonly type: "assigned" | "unassigned"; readonly assignee: Account }
  | { readonly type: "connected" | "disconnected" | "cross-referenced"; readonly subject: Conversation }
  | { readonly type: "auto_merge_enabled" | "auto_merge_disabled" }
  | { readonly type: "added_to_merge_queue" | "removed_from_merge_queue" }
  | { readonly type: "head_ref_deleted" }
  | { readonly type: "labeled" | "unlabeled"; readonly label: Label }
  | { readonly type: "review_requested" | "review_request_removed"; readonly reviewer: Account | Team }
  | { readonly type: "renamed"; readonly from: string; readonly to: string }
);

/** Pull requests that build on one another; GitHub judges each by the rules of the branch below them all. */
export interface Stack {
  readonly id: number;
  /** Counted with the pull requests of the repository. */
  readonly number: number;
  readonly base: string;
  /** From the one closest to the base upwards. */
  readonly pulls: readonly Pull[];
}

export interface Pull {
  readonly id: number;
  readonly number: number;
  readonly repo: Repository;
  readonly headRepo: Repository;
  readonly headRef: string;
  headSha: string;
  baseRef: string;
  /** The base's tip when the head last moved; it goes stale as GitHub's does. */
  baseSha: string;
  stack: Stack | null;
  title: string;
  body: string | null;
  readonly author: Account;
  /** The app whose user token opened it, if one did. */
  readonly performedVia: number | null;
  draft: boolean;
  state: "open" | "closed";
  mergedBy: Account | null;
  mergedAt: string | null;
  mergeCommitSha: string | null;
  closedAt: string | null;
  readonly createdAt: string;
  updatedAt: string;
  lastEditedAt: string | null;
  /** Who edited title or text last. */
  editor: Account | null;
  autoMerge: AutoMerge | null;
  /** Issues that somebody linked by hand. */
  readonly linked: Set<Issue>;
  /** What GitHub says wrongly of it. */
  misreported: Misreport;
  readonly labels: Set<Label>;
  readonly assignees: Set<Account>;
  readonly requested: Set<Account | Team>;
  readonly reviews: Review[];
  readonly comments: Comment[];
  readonly timeline: TimelineEvent[];
}

/** Set by somebody who wants it merged as soon as it may be. */
export interface AutoMerge {
  readonly by: Account;
  readonly at: string;
  readonly method: "merge" | "squash";
  readonly title: string | null;
  readonly message: string | null;
}

/** What GitHub gets wrong about the files of a pull request; what is absent is told as it is. */
export interface Misreport {
  /** `changed_files` in REST. */
  readonly restCount?: number;
  /** `changedFiles` in GraphQL. */
  readonly graphqlCount?: number;
  /** Files that neither list of changed files holds. */
  readonly unlisted?: ReadonlySet<string>;
}

/** A pull request in a merge queue. */
export interface QueueEntry {
  readonly id: number;
  readonly pull: Pull;
  readonly by: Account;
  readonly at: string;
  /** The commit that was made for it; `null` while it waits for a group. */
  commit: QueueCommit | null;
}

interface QueueCommit {
  /** What it is built on: the base, or the commit of the entry ahead. */
  readonly baseSha: string;
  readonly headSha: string;
  readonly group: MergeGroup;
}

/** Entries that are checked together, on the last one's commit. */
export interface MergeGroup {
  readonly repo: Repository;
  readonly baseRef: string;
  readonly baseSha: string;
  readonly headSha: string;
  /** The temporary branch, without `refs/heads/`. */
  readonly branch: string;
}

export interface Repository {
  readonly id: number;
  owner: Account;
  name: string;
  private: boolean;
  defaultBranch: string;
  readonly parent: Repository | null;
  archived: boolean;
  /** It is gone: pull requests from it show no head repository. */
  deleted: boolean;
  readonly objects: ObjectStore;
  /** `refs/heads/…` and `refs/tags/…` to commit. */
  readonly refs: Map<string, string>;
  readonly pushes: Push[];
  /** The commits that somebody pushed to it, or that it began with. */
  readonly pushed: Set<string>;
  readonly pulls: Map<number, Pull>;
  readonly issues: Map<number, Issue>;
  /** Numbers of issues that were deleted. */
  readonly deletedIssues: Set<number>;
  /** Files that GraphQL's `Commit.file` shows nothing of. */
  readonly unseen: Set<string>;
  /** The entries of a tree that REST lists at once with `recursive`. */
  treeLimit: number;
  readonly labels: Map<string, Label>;
  readonly rulesets: Ruleset[];
  /** By branch. */
  readonly protections: Map<string, BranchProtection>;
  /** What the token of a workflow may do unless it says otherwise, and whether it may approve. */
  workflows: { readonly permissions: "read" | "write"; readonly mayApprove: boolean };
  /** By base branch. */
  readonly queues: Map<string, QueueEntry[]>;
  /** What was granted in this repository, to a person or a team. */
  readonly grants: Map<Account | Team, Level>;
  readonly suites: CheckSuite[];
  readonly runs: CheckRun[];
  readonly statuses: CommitStatus[];
  readonly createdAt: string;
  pushedAt: string;
}

export interface App {
  readonly id: number;
  slug: string;
  readonly bot: Account;
  readonly owner: Account;
  /** Of each of its private keys; empty where nobody checks what it signs. */
  readonly publicKeys: string[];
  readonly permissions: Readonly<Record<string, "read" | "write">>;
  readonly events: readonly string[];
  readonly createdAt: string;
}

export interface Installation {
  readonly id: number;
  readonly app: App;
  readonly account: Account;
  readonly permissions: Record<string, "read" | "write">;
  /** The repositories it was given; `null`: all of the account. */
  selected: Set<Repository> | null;
  suspendedAt: string | null;
  readonly createdAt: string;
}

export function fullName(repo: Repository): string {
  return `${repo.owner.login}/${repo.name}`;
}

export function isPull(conversation: Conversation): conversation is Pull {
  return "headRef" in conversation;
}

export function isTeam(who: Account | Team): who is Team {
  return "slug" in who;
}

export function isAccount(who: Account | Team): who is Account {
  return !isTeam(who);
}
