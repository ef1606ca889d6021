import { z } from "zod";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import { repositoryKey } from "../../client/cache-keys.ts";

/**
 * The part of a document's repository that tells whose reviews its open pull requests wait for. The newest hundred are
 * enough to tell who has much to do; teams are left out, because nobody in them may feel asked.
 */
export const WAITING_PART = `
    waiting: pullRequests(states: OPEN, first: 100, orderBy: { field: UPDATED_AT, direction: DESC })
      @include(if: $waiting) {
      nodes {
        number
        isDraft
        reviewRequests(first: 20) { nodes { requestedReviewer { __typename ... on User { databaseId } } } }
      }
    }`;

const requestedAnswer = z.object({ databaseId: z.int().optional() }).nullable();

/** Absent where it was not asked for. */
export const waitingAnswer = z
  .object({
    nodes: z.array(
      z.object({
        number: z.int(),
        isDraft: z.boolean(),
        reviewRequests: z
          .object({ nodes: z.array(z.object({ requestedReviewer: requestedAnswer })) })
          .nullable(),
      }),
    ),
  })
  .optional();

/** Open pull requests with the ids of those whose reviews they wait for. */
export type Waiting = readonly { readonly pull: number; readonly ids: readonly number[] }[];

interface Place {
  readonly repository: RepositoryRef;
  readonly caches: { readonly waiting: Cache<Waiting> };
  readonly now: Date;
}

/** Told lately, so that it need not be asked for. */
export function knownWaiting({ repository, caches, now }: Place): Waiting | undefined {
  return caches.waiting.get(repositoryKey(repository), now);
}

/** Keeps what was told for the next readers. */
export function keepWaiting(
  { repository, caches, now }: Place,
  answer: NonNullable<z.infer<typeof waitingAnswer>>,
): void {
  const waiting = answer.nodes.map(({ number, isDraft, reviewRequests }) => ({
    pull: number,
    // Nobody has to look at a draft.
    ids: (isDraft ? [] : (reviewRequests?.nodes ?? [])).flatMap(
      ({ requestedReviewer }) => requestedReviewer?.databaseId ?? [],
    ),
  }));
  caches.waiting.set(repositoryKey(repository), waiting, now);
}

/** What a user says of their time. Whoever may not be asked about it counts as free. */
export const STATUS_FIELD = "status { indicatesLimitedAvailability }";

export const statusAnswer = z.object({ indicatesLimitedAvailability: z.boolean() }).nullish();

/** Whether a fault at this path is about nothing but somebody's status. */
export function isAboutStatus(path: string): boolean {
  return /\.status(?:\.|$)/.test(path);
}
