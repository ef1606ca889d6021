import type { ClaimedFalseAlarm } from "../passkey-facts.ts";
import type { Account, Review } from "../snapshot.ts";
import { spokenLines } from "./spoken-lines.ts";

/** "False alarm: terraform/resource-removed in infra/main.tf: it was moved by hand" */
export interface FalseAlarmClaim {
  readonly review: Review;
  /** The id of a rule, as written. */
  readonly rule: string;
  /** The file it is about; `null` for all. */
  readonly path: string | null;
  /** Empty where none is given. */
  readonly reason: string;
}

/** Reviews and lines that are looked at of all who are not known to be allowed to write, of whom there is no end. */
const MOST_OF_OTHERS = 20;

/**
 * The answers to weigh: all of those who may write, since no others can settle anything, and some of the others, who are
 * told why theirs do not count.
 */
export function claimsToWeigh(
  reviews: readonly Review[],
  mayWrite: (account: Account) => boolean,
): readonly FalseAlarmClaim[] {
  const spoken = reviews.filter(({ body }) => body.toLowerCase().includes(OPENING));
  const isWriters = ({ reviewer }: Review) => reviewer !== null && mayWrite(reviewer);
  const shown = spoken
    .filter((review) => !isWriters(review))
    .slice(0, MOST_OF_OTHERS)
    .flatMap(falseAlarmClaims)
    .slice(0, MOST_OF_OTHERS);
  const ofOthers = Map.groupBy(shown, ({ review }) => review);
  return spoken.flatMap((review) =>
    isWriters(review) ? falseAlarmClaims(review) : (ofOthers.get(review) ?? []),
  );
}

const OPENING = "false alarm:";
const MOST = 100;
const REASON_LENGTH = 500;

/** All that a review calls false alarms, as it is signed. */
export function claimsIn(review: Review): readonly ClaimedFalseAlarm[] {
  return falseAlarmClaims(review).map(({ rule, path, reason }) => ({ rule, path, reason }));
}

/** The answers to hazards in the text of a review, one a line. */
function falseAlarmClaims(review: Review): readonly FalseAlarmClaim[] {
  return spokenLines(review.body)
    .filter((line) => line.slice(0, OPENING.length).toLowerCase() === OPENING)
    .slice(0, MOST)
    .map((line) => ({ review, ...readAnswer(line.slice(OPENING.length).trim()) }));
}

function readAnswer(text: string): Omit<FalseAlarmClaim, "review"> {
  const colon = text.indexOf(":");
  const end = colon === -1 ? text.length : colon;
  const subject = text.slice(0, end);
  const place = subject.indexOf(" in ");
  return {
    rule: (place === -1 ? subject : subject.slice(0, place)).trim(),
    path: place === -1 ? null : subject.slice(place + " in ".length).trim(),
    reason: text
      .slice(end + 1)
      .trim()
      .slice(0, REASON_LENGTH),
  };
}
