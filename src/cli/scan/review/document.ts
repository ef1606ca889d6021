import type { NamedApprovals } from "./figures.ts";
import type { ReadReview } from "./read.ts";
import { areaWaits, paceOf } from "./summary.ts";

/** What `scan --json --ledger` adds: times in seconds. */
export function reviewDocument({ review, unread }: ReadReview, now: number) {
  const { status, asked, countersigned, medianMs, medianBeforeMs } = paceOf(review, now);
  const { given, fast, atFirstLook, silent, byArea, byTeam } = review.signatures;
  return {
    weeks: review.weeks,
    areas: areaWaits(review).map(({ area, signed, medianMs: median, p90Ms }) => ({
      ...{ area, signed, medianSeconds: seconds(median), p90Seconds: seconds(p90Ms) },
    })),
    signatures: { given, fast, atFirstLook, silent, byArea, byTeam },
    pace: {
      ...{ status, asked, countersigned },
      medianSeconds: medianMs === null ? null : seconds(medianMs),
      medianSecondsBefore: medianBeforeMs === null ? null : seconds(medianBeforeMs),
    },
    unread,
  };
}

const HEAD = ["week", "area", "figure", "value"];

/** What `scan --csv --ledger` prints: one row for each figure of a week, of an area, and of all. */
export function reviewRows({ review }: ReadReview): readonly (readonly string[])[] {
  const { weeks, signatures } = review;
  const { given, fast, atFirstLook, silent, byArea, byTeam } = signatures;
  return [
    HEAD,
    ...weeks.flatMap(({ week, ...counts }) =>
      Object.entries(counts).map(([figure, count]) => [week, "", figure, String(count)]),
    ),
    ...areaWaits(review).flatMap(({ area, signed, medianMs, p90Ms }) => [
      ["", area, "signed", String(signed)],
      ["", area, "medianSeconds", String(seconds(medianMs))],
      ["", area, "p90Seconds", String(seconds(p90Ms))],
    ]),
    ...[...byArea, ...byTeam].flatMap(namedRows),
    ["", "", "signaturesGiven", String(given)],
    ["", "", "signaturesFast", String(fast)],
    ["", "", "signaturesAtFirstLook", String(atFirstLook)],
    ["", "", "signaturesSilent", String(silent)],
  ];
}

function namedRows({ name, given, fast }: NamedApprovals): readonly (readonly string[])[] {
  return [
    ["", name, "signaturesGiven", String(given)],
    ["", name, "signaturesFast", String(fast)],
  ];
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
