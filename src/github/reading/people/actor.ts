import { z } from "zod";
import type { Account } from "../../../signoff/snapshot.ts";

/**
 * Anything GraphQL types as Actor, Assignee or RequestedReviewer. Each kind is spread by name: a kind left out
 * would come back without its id. `login` is asked for inside each, since the unions have no field of their own.
 */
export const ACCOUNT_FIELDS = `
  __typename
  ... on User { login databaseId }
  ... on Bot { login databaseId }
  ... on Mannequin { login databaseId }`;

export const accountAnswer = z.object({
  __typename: z.string(),
  login: z.string().optional(),
  databaseId: z.int().nullish(),
});

/** Whose review is asked for: somebody, or a team. */
export const REVIEWER_FIELDS = `${ACCOUNT_FIELDS} ... on Team { slug }`;

export const reviewerAnswer = accountAnswer.extend({ slug: z.string().optional() });

export type AccountAnswer = z.infer<typeof accountAnswer>;

/**
 * The account, or `null` where it is gone or of a kind without an id of its own. GraphQL strips `[bot]` from the
 * logins of Apps, so that a person may carry the same one; it is put back, as REST and people write it.
 */
export function account(answer: AccountAnswer | null): Account | null {
  const { __typename: type, login, databaseId: id } = answer ?? {};
  if (login === undefined || typeof id !== "number") return null;
  if (type === "Bot") return { id, login: login.endsWith("[bot]") ? login : `${login}[bot]`, type };
  if (type === "User" || type === "Mannequin") return { id, login, type };
  return null;
}
