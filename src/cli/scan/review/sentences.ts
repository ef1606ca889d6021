import { grouped, percent } from "../counts/figures.ts";
import type { Review } from "./figures.ts";
import { COMPARED_WEEKS, ENOUGH, type Pace, paceOf, sum } from "./summary.ts";

/** The texts of how changes were reviewed, the same in the terminal and on the page. */

const WHOLE_WEEKS = `the last ${COMPARED_WEEKS} whole weeks`;

/** Does review keep up with adoption? */
export function paceSentence(review: Review, now: number): string {
  const pace = paceOf(review, now);
  const { status, asked, countersigned } = pace;
  const figures = `in ${WHOLE_WEEKS}, ${grouped(asked)} AI-written ${changes(asked)} needed a countersignature and ${grouped(countersigned)} got ${countersigned === 1 ? "it" : "one"}`;
  if (status === "too-few")
    return `Whether review keeps up with AI cannot be told from so few: ${figures}. It takes ${ENOUGH}.`;
  const verdict = status === "keeps-up" ? "Review keeps up with AI" : "Review falls behind AI";
  return `${verdict}: ${figures}${waited(pace)}.`;
}

function waited({ medianMs, medianBeforeMs }: Pace): string {
  if (medianMs === null) return "";
  const before =
    medianBeforeMs === null ? "" : `, and ${duration(medianBeforeMs)} in the ${COMPARED_WEEKS} weeks before`;
  return `; half of them waited no longer than ${duration(medianMs)}${before}`;
}

const MOST_SHARES = 12;

/** What was signed, and how; of no person. */
export function reviewSentences({ weeks, signatures }: Review): readonly string[] {
  const { given, fast, atFirstLook, silent } = signatures;
  const [refusals, overrides, bypasses] = (["refusals", "overrides", "bypasses"] as const).map((what) =>
    grouped(sum(weeks, what)),
  );
  const signed = `${grouped(given)} ${given === 1 ? "approval" : "approvals"} counted for AI-written changes`;
  const inOneGo = `${grouped(atFirstLook)} (${percent(atFirstLook, given)}) came at the first look: on the first head, without a refusal before; ${grouped(silent)} (${percent(silent, given)}) of them without a comment either`;
  const tooFast = `${grouped(fast)} (${percent(fast, given)}) came within a minute of the App’s first look at the head, sooner than anybody reads.`;
  const shares = [...signatures.byArea, ...signatures.byTeam].map(
    (own) => `${own.name} ${grouped(own.fast)} of ${grouped(own.given)}`,
  );
  return [
    given === 0 ? `No approval counted for an AI-written change.` : `${signed}; ${inOneGo}. ${tooFast}`,
    ...(shares.length === 0
      ? []
      : [
          `Within a minute, where three people or more signed: ${shares.slice(0, MOST_SHARES).join(", ")}${shares.length > MOST_SHARES ? ` and ${shares.length - MOST_SHARES} more` : ""}.`,
        ]),
    `Refusals: ${refusals}. Overrides: ${overrides}. Bypasses: ${bypasses}.`,
  ];
}

/** What one must know to read the figures rightly. */
export function reviewRemarks(unread: number): readonly string[] {
  return [
    "How changes were reviewed is told by the App’s ledger, by weeks from Monday on, UTC; nothing is told of single persons.",
    "A change without a countersignature may have been closed: the ledger does not tell.",
    "An approval at the first look is no fault, and a share of them is no target: a small change can be right as it is.",
    ...(unread === 0
      ? []
      : [`${grouped(unread)} entries of the ledger could not be read, and are not counted.`]),
  ];
}

const [MINUTE_MS, HOUR_MS, DAY_MS] = [60_000, 3_600_000, 86_400_000] as const;

/** `12 min`, `3.4 h`, `2.1 d`. */
export function duration(ms: number): string {
  if (ms < MINUTE_MS) return "1 min";
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  return ms < 2 * DAY_MS ? `${(ms / HOUR_MS).toFixed(1)} h` : `${(ms / DAY_MS).toFixed(1)} d`;
}

function changes(count: number): string {
  return count === 1 ? "change" : "changes";
}
