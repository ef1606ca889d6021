import type { Account, Review, Snapshot } from "../snapshot.ts";
import type { ReviewRequest } from "../time-facts.ts";
import type { Pace } from "../time-verdict.ts";

/** Nobody reads faster: two lines a second are 14 times the 500 lines an hour that the study at Cisco ends with (docs/time.md). */
const MS_A_LINE = 500;
const LEAST_MS = 60_000;

interface Signed {
  readonly review: Review;
  readonly by: Account;
  /** How many lines it is for. */
  readonly lines: number;
  /** When the content that it is for was there, as far as that is known, in milliseconds. */
  readonly thereAt: number;
  /** Whether somebody is asked through whom this person may sign, by the request. */
  readonly isAsked: (request: ReviewRequest) => boolean;
}

/**
 * An approval that was faster than anybody reads, or of which that cannot be told because it was there before the
 * content was seen; `null` for any other. Time counts from the later of the last push and the earlier of the request and
 * the person's own first words.
 */
export function paceOf(
  { reviews, time }: Pick<Snapshot, "reviews" | "time">,
  { review, by, lines, thereAt, isAsked }: Signed,
): Pace | null {
  const given = Date.parse(review.submittedAt);
  const least = Math.max(LEAST_MS, lines * MS_A_LINE);
  if (thereAt > given) return { from: momentOf(thereAt + least), isUntold: true };
  const words = reviews
    .filter(({ id, reviewer }) => reviewer?.id === by.id && id !== review.id)
    .map(({ submittedAt }) => submittedAt);
  const requests = [...(time?.requests ?? []), ...(time?.earlierRequests ?? [])];
  const asked = requests.filter(isAsked).map(({ at }) => at);
  const comment = time?.firstComments[by.id];
  const begins = [...words, ...asked, ...(comment === undefined ? [] : [comment])]
    .map((at) => Date.parse(at))
    .filter((at) => at < given);
  const since = begins.length === 0 ? thereAt : Math.max(thereAt, Math.min(...begins));
  return given - since >= least ? null : { from: momentOf(since + least), isUntold: false };
}

function momentOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
