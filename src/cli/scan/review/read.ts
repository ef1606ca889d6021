import { eventOf, type Told } from "./events.ts";
import { type Review, ReviewCounter } from "./figures.ts";

export interface ReadReview {
  readonly review: Review;
  /** Entries that another version wrote in another way. */
  readonly unread: number;
}

/** Milliseconds since 1970; without an end, all of it. */
export interface Between {
  readonly from?: number;
  readonly until?: number;
}

/**
 * Reads the ledger of a repository. What began before the period is known in it, and only what happened in it is shown.
 */
export async function readReview(
  ledger: { entries(repository: string): AsyncIterable<Told> },
  repository: string,
  { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY }: Between,
): Promise<ReadReview> {
  const counter = new ReviewCounter({ from });
  let unread = 0;
  for await (const entry of ledger.entries(repository)) {
    const event = eventOf(entry);
    if (event === "unreadable") unread += 1;
    else if (event !== null && event.at <= until) counter.add(event);
  }
  return { review: counter.review(), unread };
}
