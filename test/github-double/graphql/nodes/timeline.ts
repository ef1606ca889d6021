import { nodeId } from "../../shapes/links.ts";
import { pullCommits } from "../../world/comparison.ts";
import { type Conversation, type Issue, isPull, type Pull, type TimelineEvent } from "../../world/model.ts";
import { happenings, wouldClose } from "../../world/references.ts";
import { connection, type PageArguments } from "../connection.ts";
import type { Context, Node } from "../context.ts";
import { actor, reviewer } from "./actor.ts";
import { comment } from "./comment.ts";
import { commit } from "./commit.ts";
import { label } from "./label.ts";
import { pullCommit } from "./pull-commit.ts";
import { review } from "./review.ts";

export type TimelineArguments = PageArguments & { readonly itemTypes?: readonly string[] | null };

/** REST's event names as GraphQL's types; `copilot_work_started` exists in REST only. */
const TYPES: Readonly<Record<TimelineEvent["type"], string | null>> = {
  head_ref_force_pushed: "HeadRefForcePushedEvent",
  base_ref_changed: "BaseRefChangedEvent",
  base_ref_force_pushed: "BaseRefForcePushedEvent",
  ready_for_review: "ReadyForReviewEvent",
  convert_to_draft: "ConvertToDraftEvent",
  closed: "ClosedEvent",
  reopened: "ReopenedEvent",
  merged: "MergedEvent",
  review_dismissed: "ReviewDismissedEvent",
  assigned: "AssignedEvent",
  unassigned: "UnassignedEvent",
  labeled: "LabeledEvent",
  unlabeled: "UnlabeledEvent",
  review_requested: "ReviewRequestedEvent",
  review_request_removed: "ReviewRequestRemovedEvent",
  renamed: "RenamedTitleEvent",
  copilot_work_started: null,
  connected: "ConnectedEvent",
  disconnected: "DisconnectedEvent",
  "cross-referenced": "CrossReferencedEvent",
  auto_merge_enabled: "AutoMergeEnabledEvent",
  auto_merge_disabled: "AutoMergeDisabledEvent",
  added_to_merge_queue: "AddedToMergeQueueEvent",
  removed_from_merge_queue: "RemovedFromMergeQueueEvent",
  head_ref_deleted: "HeadRefDeletedEvent",
};

interface Dated {
  readonly at: string;
  readonly node: Node;
}

export function timelineItems(pull: Pull, args: TimelineArguments) {
  const reviews = pull.reviews.map((each) => ({ at: each.submittedAt, node: review(pull, each) }));
  const commits = pullCommits(pull).map((each) => pullCommit(pull, each));
  return paged(pull, [...commits, ...inOrder([...happened(pull), ...reviews])], args);
}

export function issueTimelineItems(issue: Issue, args: TimelineArguments) {
  return paged(issue, inOrder(happened(issue)), args);
}

function happened(on: Conversation): readonly Dated[] {
  return [
    ...happenings(on).flatMap((event) => eventNode(on, event)),
    ...on.comments.map((each) => ({ at: each.createdAt, node: comment(on, each) })),
  ];
}

function inOrder(dated: readonly Dated[]): readonly Node[] {
  return dated.toSorted((a, b) => a.at.localeCompare(b.at)).map(({ node }) => node);
}

function paged({ updatedAt }: Conversation, all: readonly Node[], args: TimelineArguments) {
  const wanted = args.itemTypes;
  const items = wanted ? all.filter((node) => wanted.includes(itemType(node))) : all;
  const page = connection("timelineItems", items, { args, node: (node) => node });
  return { ...page, filteredCount: items.length, pageCount: page.nodes.length, updatedAt };
}

/** `AssignedEvent` is asked for as `ASSIGNED_EVENT`. */
function itemType(node: Node): string {
  return node.__typename.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}

function eventNode(on: Conversation, event: TimelineEvent): readonly Dated[] {
  const type = TYPES[event.type];
  if (type === null) return [];
  const node = {
    __typename: type,
    id: nodeId("TimelineEvent", event.id),
    createdAt: event.at,
    actor: () => actor(event.actor),
    ...particulars(on, event),
  };
  return [{ at: event.at, node }];
}

function particulars(on: Conversation, event: TimelineEvent): object {
  const at = (sha: string) => () => commit(on.repo, on.repo.objects.commitAt(sha));
  switch (event.type) {
    case "head_ref_force_pushed":
    case "base_ref_force_pushed":
      return { beforeCommit: at(event.before), afterCommit: at(event.after) };
    case "base_ref_changed":
      return { previousRefName: event.from, currentRefName: event.to };
    case "review_dismissed":
      return {
        previousReviewState: event.previously,
        dismissalMessage: event.message,
        review: () => (isPull(on) ? review(on, event.review) : null),
      };
    case "assigned":
    case "unassigned":
      return {
        assignable: conversation(on),
        assignee: () => actor(event.assignee),
        user: () => (event.assignee.kind === "User" ? actor(event.assignee) : null),
      };
    case "labeled":
    case "unlabeled":
      return { label: label(event.label) };
    case "review_requested":
    case "review_request_removed":
      return { requestedReviewer: () => reviewer(event.reviewer) };
    case "connected":
    case "disconnected":
    case "cross-referenced":
      return {
        isCrossRepository: false,
        referencedAt: event.at,
        source: conversation(event.subject),
        subject: conversation(on),
        target: conversation(on),
        willCloseTarget: wouldClose(event.subject, on),
      };
    case "renamed":
      return { previousTitle: event.from, currentTitle: event.to };
    case "merged":
      return { commit: isPull(on) && on.mergeCommitSha ? at(on.mergeCommitSha) : null };
    default:
      return {};
  }
}

function conversation(on: Conversation) {
  return (_: unknown, { graph }: Context) => (isPull(on) ? graph.pullRequest(on) : graph.issue(on));
}
