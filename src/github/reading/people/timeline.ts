import { z } from "zod";
import type { Account } from "../../../signoff/snapshot.ts";
import type { ReviewRequest } from "../../../signoff/time-facts.ts";
import { page } from "../../client/page.ts";
import {
  ACCOUNT_FIELDS,
  type AccountAnswer,
  account,
  accountAnswer,
  REVIEWER_FIELDS,
  reviewerAnswer,
} from "./actor.ts";
import { type Dismissal, databaseId, type RemarkAnswer, remarkAnswer } from "./reviews.ts";

/** The events of issues and pull requests by which somebody may ask an agent for work. */
export const ASKING_FIELDS = `
  ... on AssignedEvent { createdAt actor { ${ACCOUNT_FIELDS} } assignee { ${ACCOUNT_FIELDS} } }
  ... on LabeledEvent { createdAt actor { ${ACCOUNT_FIELDS} } label { name } }`;

export const TIMELINE_TYPES = `
  HEAD_REF_FORCE_PUSHED_EVENT, BASE_REF_CHANGED_EVENT, AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT,
  BASE_REF_FORCE_PUSHED_EVENT, REVIEW_DISMISSED_EVENT, REVIEW_REQUESTED_EVENT, ASSIGNED_EVENT, LABELED_EVENT`;

export const TIMELINE_FIELDS = `
  __typename
  ... on HeadRefForcePushedEvent { createdAt actor { ${ACCOUNT_FIELDS} } beforeCommit { oid } afterCommit { oid } }
  ... on BaseRefChangedEvent { createdAt }
  ... on AutomaticBaseChangeSucceededEvent { createdAt }
  ... on BaseRefForcePushedEvent { createdAt }
  ... on ReviewDismissedEvent { createdAt actor { ${ACCOUNT_FIELDS} } previousReviewState review { fullDatabaseId } }
  ... on ReviewRequestedEvent { createdAt requestedReviewer { ${REVIEWER_FIELDS} } }
  ${ASKING_FIELDS}`;

const actor = accountAnswer.nullable();
const commit = z.object({ oid: z.string() }).nullable();

export const askingAnswers = [
  z.object({
    __typename: z.literal("AssignedEvent"),
    createdAt: z.string(),
    actor,
    assignee: actor,
  }),
  z.object({
    __typename: z.literal("LabeledEvent"),
    createdAt: z.string(),
    actor,
    label: z.object({ name: z.string() }),
  }),
] as const;

export const timelineAnswer = page(
  z.discriminatedUnion("__typename", [
    z.object({
      __typename: z.literal("HeadRefForcePushedEvent"),
      createdAt: z.string(),
      actor,
      beforeCommit: commit,
      afterCommit: commit,
    }),
    z.object({
      __typename: z.enum([
        "BaseRefChangedEvent",
        "AutomaticBaseChangeSucceededEvent",
        "BaseRefForcePushedEvent",
      ]),
      createdAt: z.string(),
    }),
    z.object({
      __typename: z.literal("ReviewDismissedEvent"),
      createdAt: z.string(),
      actor,
      previousReviewState: z.string(),
      review: z.object({ fullDatabaseId: databaseId }).nullable(),
    }),
    z.object({
      __typename: z.literal("ReviewRequestedEvent"),
      createdAt: z.string(),
      requestedReviewer: reviewerAnswer.nullable(),
    }),
    ...askingAnswers,
    remarkAnswer.extend({ __typename: z.literal("IssueComment") }),
  ]),
);

export type TimelineItem = z.infer<typeof timelineAnswer>["nodes"][number];

/** Something somebody wrote; whoever edited it speaks in it too. */
export interface Remark {
  readonly body: string;
  readonly at: string;
  readonly by: readonly Account[];
}

export interface Timeline {
  /** Oldest first. */
  readonly forcePushes: readonly {
    readonly at: string;
    readonly by: Account | null;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  /** When the pull request was last pointed at another base, or its base was force-pushed. */
  readonly baseChangedAt: string | null;
  readonly dismissals: readonly Dismissal[];
  readonly assignments: readonly {
    readonly at: string;
    readonly by: Account;
    readonly assignee: Account;
  }[];
  /** Whose review was asked for, as often as it was. */
  readonly requests: readonly ReviewRequest[];
  /** By the names of the labels. */
  readonly labels: readonly { readonly at: string; readonly by: Account; readonly label: string }[];
  readonly comments: readonly Remark[];
}

export function timeline(items: readonly TimelineItem[]): Timeline {
  return {
    forcePushes: items.flatMap((item) =>
      item.__typename === "HeadRefForcePushedEvent" ? [forcePush(item)] : [],
    ),
    baseChangedAt: latest(items.flatMap((item) => (item.__typename in BASE_CHANGES ? [item.createdAt] : []))),
    dismissals: items.flatMap((item) => (item.__typename === "ReviewDismissedEvent" ? dismissal(item) : [])),
    assignments: items.flatMap((item) => (item.__typename === "AssignedEvent" ? assignment(item) : [])),
    requests: items.flatMap((item) => (item.__typename === "ReviewRequestedEvent" ? requested(item) : [])),
    labels: items.flatMap((item) => (item.__typename === "LabeledEvent" ? labelled(item) : [])),
    comments: items.flatMap((item) => (item.__typename === "IssueComment" ? [remark(item)] : [])),
  };
}

const BASE_CHANGES = {
  BaseRefChangedEvent: true,
  AutomaticBaseChangeSucceededEvent: true,
  BaseRefForcePushedEvent: true,
};

/** The latest of these moments; `null` for none. */
export function latest(moments: readonly string[]): string | null {
  return moments.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null;
}

export function remark(answer: RemarkAnswer): Remark {
  return { body: answer.body, at: answer.createdAt, by: writers([answer.author, answer.editor]) };
}

export function writers(answers: readonly (AccountAnswer | null)[]): readonly Account[] {
  const accounts = answers.map(account).filter((one) => one !== null);
  return [...new Map(accounts.map((one) => [one.id, one])).values()];
}

function forcePush(item: Extract<TimelineItem, { __typename: "HeadRefForcePushedEvent" }>) {
  const { createdAt: at, actor, beforeCommit, afterCommit } = item;
  return { at, by: account(actor), from: beforeCommit?.oid ?? null, to: afterCommit?.oid ?? null };
}

const PREVIOUSLY = new Map<string, Dismissal["previously"]>([
  ["APPROVED", "approved"],
  ["COMMENTED", "commented"],
]);

function dismissal(item: Extract<TimelineItem, { __typename: "ReviewDismissedEvent" }>): Dismissal[] {
  if (item.review === null) return [];
  return [
    {
      reviewId: item.review.fullDatabaseId,
      previously: PREVIOUSLY.get(item.previousReviewState) ?? "changes_requested",
      by: account(item.actor),
      at: item.createdAt,
    },
  ];
}

function requested({
  createdAt: at,
  requestedReviewer: reviewer,
}: Extract<TimelineItem, { __typename: "ReviewRequestedEvent" }>): readonly ReviewRequest[] {
  if (reviewer?.slug !== undefined) return [{ kind: "team", name: reviewer.slug, at }];
  const name = account(reviewer)?.login;
  return name === undefined ? [] : [{ kind: "user", name, at }];
}

function assignment(item: Extract<TimelineItem, { __typename: "AssignedEvent" }>) {
  const by = account(item.actor);
  const assignee = account(item.assignee);
  return by === null || assignee === null ? [] : [{ at: item.createdAt, by, assignee }];
}

function labelled({ actor, createdAt: at, label }: Extract<TimelineItem, { __typename: "LabeledEvent" }>) {
  const by = account(actor);
  return by === null ? [] : [{ at, by, label: label.name }];
}
