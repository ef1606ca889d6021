import type { Account, Review, Snapshot } from "../snapshot.ts";
import type { ReviewRequest } from "../time-facts.ts";
import type { Pace } from "../time-verdict.ts";

/** Nobody reads faster: two lines a second are fourteen times the rate at which reviewers still find defects. */
const MS_A_LINE = 500;
const LEAST_MS = 60_000;

interface Signed {
  readonly review: Review;
  readonly by: Account;
  /** How many lines it is for. */
  readonly lines: number;
  /** When the content that it is for was first seen, in milliseconds. */
  readonly pushedAt: number;
  /** Whether somebody is asked through whom this person may sign, by the request. */
  readonly isAsked: (request: ReviewRequest) => boolean;
}

/**
 * How fast an approval came, where it was faster than anybody reads; `null` where it was not, or cannot be told. Time
 * counts from the later of the last push and the earlier of the request and the person's own first words.
 */
export function paceOf(
  { reviews, time }: Pick<Snapshot, "reviews" | "time">,
  { review, by, lines, pushedAt, isAsked }: Signed,
): Pace | null {
  const given = Date.parse(review.submittedAt);
  // It was there before anybody looked, so nobody knows since when.
  if (pushedAt > given) return null;
  const words = reviews
    .filter(({ id, reviewer }) => reviewer?.id === by.id && id !== review.id)
    .map(({ submittedAt }) => submittedAt);
  const requests = [...(time?.requests ?? []), ...(time?.earlierRequests ?? [])];
  const asked = requests.filter(isAsked).map(({ at }) => at);
  const comment = time?.firstComments[by.id];
  const begins = [...words, ...asked, ...(comment === undefined ? [] : [comment])]
    .map((at) => Date.parse(at))
    .filter((at) => at < given);
  const since = Math.max(pushedAt, begins.length === 0 ? pushedAt : Math.min(...begins));
  const least = Math.max(LEAST_MS, lines * MS_A_LINE);
  const took = given - since;
  return took >= least ? null : { took, least, from: new Date(since + least).toISOString() };
}
