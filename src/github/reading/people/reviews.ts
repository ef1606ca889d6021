import { z } from "zod";
import type { Account, Review, ReviewState } from "../../../signoff/snapshot.ts";
import { PAGE_FIELDS, page } from "../../client/page.ts";
import { ACCOUNT_FIELDS, account, accountAnswer } from "./actor.ts";

/** Ids come as text, since GraphQL's integers are too small for them. */
export const databaseId = z.union([z.int(), z.string().regex(/^\d{1,15}$/)]).transform(Number);

export const REMARK_FIELDS = `
  body createdAt author { ${ACCOUNT_FIELDS} } editor { ${ACCOUNT_FIELDS} }`;

export const REVIEW_FIELDS = `
  id
  fullDatabaseId
  state
  submittedAt
  body
  authorCanPushToRepository
  author { ${ACCOUNT_FIELDS} }
  lastEditedAt
  editor { ${ACCOUNT_FIELDS} }
  commit { oid }
  comments(first: 50) { ${PAGE_FIELDS} nodes { ${REMARK_FIELDS} } }`;

const STATES = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes_requested",
  COMMENTED: "commented",
  DISMISSED: "dismissed",
} as const satisfies Record<string, ReviewState>;

/** Something a person wrote on the pull request, where a command to an agent may stand. */
export const remarkAnswer = z.object({
  body: z.string(),
  createdAt: z.string(),
  author: accountAnswer.nullable(),
  editor: accountAnswer.nullable(),
});

export type RemarkAnswer = z.infer<typeof remarkAnswer>;

export const reviewsAnswer = page(
  z.object({
    id: z.string(),
    fullDatabaseId: databaseId,
    state: z.enum(["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"]),
    submittedAt: z.string().nullable(),
    body: z.string(),
    authorCanPushToRepository: z.boolean(),
    author: accountAnswer.nullable(),
    lastEditedAt: z.string().nullable(),
    editor: accountAnswer.nullable(),
    commit: z.object({ oid: z.string() }).nullable(),
    comments: page(remarkAnswer),
  }),
);

export type ReviewAnswer = z.infer<typeof reviewsAnswer>["nodes"][number];

/** Who dismissed a review, and what it had said. */
export interface Dismissal {
  readonly reviewId: number;
  readonly previously: "approved" | "changes_requested" | "commented";
  readonly by: Account | null;
  readonly at: string;
}

/**
 * Characters that are kept of a review by somebody who is not known to be allowed to write. What it says settles
 * nothing: its beginning tells them why. Commands to agents are looked for in the whole of it.
 */
const KEPT_OF_OTHERS = 500;

/** All submitted reviews, oldest first. Drafts ("pending") are nobody's word yet and are left out. */
export function reviews(
  answers: readonly ReviewAnswer[],
  dismissals: readonly Dismissal[],
  mayWrite: (reviewer: Account) => boolean,
): readonly Review[] {
  return answers
    .flatMap((answer) => submitted(answer, dismissals))
    .map((review) =>
      review.reviewer !== null && mayWrite(review.reviewer)
        ? review
        : { ...review, body: review.body.slice(0, KEPT_OF_OTHERS) },
    )
    .sort((a, b) => Date.parse(a.submittedAt) - Date.parse(b.submittedAt) || a.id - b.id);
}

function submitted(answer: ReviewAnswer, dismissals: readonly Dismissal[]): readonly Review[] {
  const { fullDatabaseId: id, state, submittedAt } = answer;
  if (state === "PENDING" || submittedAt === null) return [];
  const review: Review = {
    id,
    reviewer: account(answer.author),
    state: STATES[state],
    submittedAt,
    commitSha: answer.commit?.oid ?? null,
    body: answer.body,
    ...(answer.comments.nodes.length > 0 && { remarked: true }),
    ...(answer.lastEditedAt !== null && { editedBy: account(answer.editor) }),
  };
  if (state !== "DISMISSED") return [review];
  const dismissal = dismissals.findLast(({ reviewId }) => reviewId === id);
  // Without its event nobody knows what the review said: read it as a refusal that nobody lifted.
  const { previously, by, at } = dismissal ?? {
    previously: "changes_requested" as const,
    by: null,
    at: submittedAt,
  };
  return [{ ...review, dismissal: { previously, by, at } }];
}
