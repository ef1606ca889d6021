import type { TimelineEvent } from "../../test/github-double/world/model.ts";
import { type Child, type Html, html } from "./html.ts";
import type { IconName } from "./icons.ts";
import { branch, labelChip, line, name, reviewerName, sha, type Tone, time } from "./small.ts";

type Of<T extends TimelineEvent["type"]> = Extract<TimelineEvent, { readonly type: T }>;

interface Appearance {
  readonly tone?: Tone;
  readonly icon: IconName;
  readonly said: Child;
}

/** One line for a `group` of events of the same kind by the same account; `first` is the first of them. */
export function eventItem(first: TimelineEvent, group: readonly TimelineEvent[]): Html {
  const { tone = "calm", icon, said } = appearanceOf(first, group);
  return line(tone, icon, html`${name(first.actor)} ${said} <span class="muted">at ${time(first.at)}</span>`);
}

function appearanceOf(event: TimelineEvent, group: readonly TimelineEvent[]): Appearance {
  switch (event.type) {
    case "labeled":
    case "unlabeled":
      return labelAppearance(event, group);
    case "review_requested":
    case "review_request_removed":
      return requestAppearance(event, group);
    case "head_ref_force_pushed":
      return { icon: "push", said: html`force-pushed from ${sha(event.before)} to ${sha(event.after)}` };
    case "base_ref_force_pushed":
      return {
        icon: "push",
        said: html`force-pushed the base from ${sha(event.before)} to ${sha(event.after)}`,
      };
    case "base_ref_changed":
      return {
        icon: "arrows",
        said: html`changed the base branch from ${branch(event.from)} to ${branch(event.to)}`,
      };
    case "review_dismissed":
      return { icon: "dash", said: dismissed(event) };
    case "renamed":
      return {
        icon: "pencil",
        said: html`changed the title from <del>${event.from}</del> to <strong>${event.to}</strong>`,
      };
    case "assigned":
      return { icon: "eye", said: html`assigned ${name(event.assignee)}` };
    case "unassigned":
      return { icon: "eye", said: html`unassigned ${name(event.assignee)}` };
    case "connected":
    case "disconnected":
    case "cross-referenced":
      return { icon: "arrows", said: html`${REFERRED[event.type]} #${event.subject.number}` };
    default:
      return PLAIN[event.type];
  }
}

const REFERRED = {
  connected: "linked",
  disconnected: "unlinked",
  "cross-referenced": "was mentioned in",
} as const;

const PLAIN: Readonly<
  Record<
    Of<
      | "ready_for_review"
      | "convert_to_draft"
      | "closed"
      | "reopened"
      | "merged"
      | "copilot_work_started"
      | "auto_merge_enabled"
      | "auto_merge_disabled"
      | "added_to_merge_queue"
      | "removed_from_merge_queue"
      | "head_ref_deleted"
    >["type"],
    Appearance
  >
> = {
  ready_for_review: { icon: "eye", said: "marked this as ready for review" },
  convert_to_draft: { icon: "draft", said: "converted this to a draft" },
  closed: { tone: "bad", icon: "closed", said: "closed this" },
  reopened: { tone: "good", icon: "open", said: "reopened this" },
  merged: { tone: "done", icon: "merged", said: "merged this" },
  auto_merge_enabled: { icon: "merged", said: "enabled auto-merge" },
  auto_merge_disabled: { icon: "merged", said: "disabled auto-merge" },
  added_to_merge_queue: { icon: "merged", said: "added this to the merge queue" },
  removed_from_merge_queue: { icon: "merged", said: "removed this from the merge queue" },
  head_ref_deleted: { icon: "closed", said: "deleted the branch" },
  copilot_work_started: { icon: "commit", said: "asked Copilot to work on this" },
};

function labelAppearance(event: Of<"labeled" | "unlabeled">, group: readonly TimelineEvent[]): Appearance {
  const chips = group.flatMap((each) => ("label" in each ? [labelChip(each.label), " "] : []));
  const verb = event.type === "labeled" ? "added" : "removed";
  return { icon: "label", said: html`${verb} the ${group.length === 1 ? "label" : "labels"} ${chips}` };
}

function requestAppearance(
  event: Of<"review_requested" | "review_request_removed">,
  group: readonly TimelineEvent[],
): Appearance {
  const who = group.flatMap((each) => ("reviewer" in each ? [reviewerName(each.reviewer)] : []));
  const listed = who.map((each, at) => html`${at > 0 && " and "}${each}`);
  const verb =
    event.type === "review_requested" ? "requested a review from" : "no longer asks for a review from";
  return { icon: "eye", said: html`${verb} ${listed}` };
}

function dismissed({ review, previously, message }: Of<"review_dismissed">): Child {
  const what = previously === "APPROVED" ? "approval" : "request for changes";
  return html`dismissed the ${what} of ${name(review.author)}: <q>${message}</q>`;
}
