import { nodeId } from "../../shapes/links.ts";
import { pullCommits } from "../../world/comparison.ts";
import type { Comment, Pull, TimelineEvent } from "../../world/model.ts";
import { associationOf } from "../../world/permissions.ts";
import { connection, type PageArguments } from "../connection.ts";
import type { Node } from "../context.ts";
import { actor, reviewer } from "./actor.ts";
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
};

export function timelineItems(pull: Pull, args: TimelineArguments) {
  const dated = [
    ...pull.timeline.flatMap((event) => eventNode(pull, event)),
    ...pull.reviews.map((each) => ({ at: each.submittedAt, node: review(pull, each) })),
    ...pull.comments.map((each) => ({ at: each.createdAt, node: comment(pull, each) })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  const all = [...pullCommits(pull).map((each) => pullCommit(pull, each)), ...dated.map(({ node }) => node)];
  const wanted = args.itemTypes;
  const items = wanted ? all.filter((node) => wanted.includes(itemType(node))) : all;
  const page = connection("timelineItems", items, { args, node: (node) => node });
  return { ...page, filteredCount: items.length, pageCount: page.nodes.length, updatedAt: pull.updatedAt };
}

/** `AssignedEvent` is asked for as `ASSIGNED_EVENT`. */
function itemType(node: Node): string {
  return node.__typename.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}

function eventNode(
  pull: Pull,
  event: TimelineEvent,
): readonly { readonly at: string; readonly node: Node }[] {
  const type = TYPES[event.type];
  if (type === null) return [];
  const node = {
    __typename: type,
    id: nodeId("TimelineEvent", event.id),
    createdAt: event.at,
    actor: () => actor(event.actor),
    ...particulars(pull, event),
  };
  return [{ at: event.at, node }];
}

function particulars(pull: Pull, event: TimelineEvent): object {
  const at = (sha: string) => () => commit(pull.repo, pull.repo.objects.commitAt(sha));
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
        review: () => review(pull, event.review),
      };
    case "assigned":
    case "unassigned":
      return {
        assignee: () => actor(event.assignee),
        user: () => (event.assignee.kind === "User" ? actor(event.assignee) : null),
      };
    case "labeled":
    case "unlabeled":
      return { label: label(event.label) };
    case "review_requested":
    case "review_request_removed":
      return { requestedReviewer: () => reviewer(event.reviewer) };
    case "renamed":
      return { previousTitle: event.from, currentTitle: event.to };
    case "merged":
      return { commit: pull.mergeCommitSha ? at(pull.mergeCommitSha) : null };
    default:
      return {};
  }
}

export function comment(pull: Pull, given: Comment): Node {
  const { id, body, createdAt, updatedAt } = given;
  return {
    __typename: "IssueComment",
    id: nodeId("IssueComment", id),
    databaseId: id,
    fullDatabaseId: String(id),
    body,
    bodyText: body,
    createdAt,
    updatedAt,
    lastEditedAt: given.editor ? updatedAt : null,
    editor: () => actor(given.editor),
    author: () => actor(given.author),
    authorAssociation: associationOf(pull.repo, given.author),
  };
}
