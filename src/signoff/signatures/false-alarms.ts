import type { Review } from "../snapshot.ts";
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

const OPENING = "false alarm:";
const MOST = 100;
const REASON_LENGTH = 500;

/** The answers to hazards in the text of a review, one a line. */
export function falseAlarmClaims(review: Review): readonly FalseAlarmClaim[] {
  if (!review.body.toLowerCase().includes(OPENING)) return [];
  return spokenLines(review.body)
    .map((line) => line.trim())
    .filter((line) => line.slice(0, OPENING.length).toLowerCase() === OPENING)
    .slice(0, MOST)
    .map((line) => ({ review, ...readAnswer(line.slice(OPENING.length).trim()) }));
}

function readAnswer(text: string): Omit<FalseAlarmClaim, "review"> {
  const colon = text.indexOf(":");
  const end = colon === -1 ? text.length : colon;
  const subject = text.slice(0, end).replaceAll("`", "");
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
