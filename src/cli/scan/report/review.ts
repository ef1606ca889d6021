import { BLANK, type Line, line } from "../../report/lines.ts";
import { tableLines } from "../../report/table.ts";
import { grouped } from "../counts/figures.ts";
import type { ReadReview } from "../review/read.ts";
import { duration, paceSentence, reviewSentences } from "../review/sentences.ts";
import { areaWaits } from "../review/summary.ts";

/** The newest weeks; --json has them all. */
const SHOWN_WEEKS = 12;

const AREA = { title: "area", align: "left" } as const;
const right = (title: string) => ({ title, align: "right" }) as const;

/** How changes were reviewed, for people. */
export function reviewLines({ review, now }: ReadReview & { readonly now: number }): readonly Line[] {
  const areas = areaWaits(review);
  const weeks = review.weeks.slice(-SHOWN_WEEKS);
  return [
    line(2, paceSentence(review, now)),
    ...reviewSentences(review).map((text) => line(2, text)),
    ...(weeks.length === 0
      ? []
      : [
          BLANK,
          ...tableLines(
            [{ title: "week of", align: "left" }, ...["AI changes", "needed", "countersigned"].map(right)],
            weeks.map(({ week, changes, asked, countersigned }) => [
              week,
              ...[changes, asked, countersigned].map(grouped),
            ]),
          ),
        ]),
    ...(areas.length === 0
      ? []
      : [
          BLANK,
          ...tableLines(
            [AREA, ...["signed", "median wait", "p90 wait"].map(right)],
            areas.map(({ area, signed, medianMs, p90Ms }) => [
              area,
              grouped(signed),
              ...[medianMs, p90Ms].map(duration),
            ]),
          ),
        ]),
  ];
}
