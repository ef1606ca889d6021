import { CONFIG_PATH } from "../../../policy/source.ts";
import { shortSha } from "../../../signoff/wording/words.ts";
import { NO_OWNER } from "../../local-git/repository/repository.ts";
import { everyMonth, grouped, percent, totalsOf, totalsOfAll } from "../counts/figures.ts";
import { addTallies, type Counts } from "../counts/tally.ts";
import { reviewRemarks } from "../review/sentences.ts";
import type { Scan } from "../scanned.ts";

/** The texts of a scan, the same in the terminal and on the page. Plain text: names in it are not escaped. */

export function titleOf({ repository: { owner, name } }: Scan): string {
  return owner === NO_OWNER ? name : `${owner}/${name}`;
}

export function headlineOf({ counts }: Scan): string {
  const { all, ai } = totalsOfAll(counts);
  if (all.commits === 0) return "no commits in this period";
  return `${commits(all.commits)}, ${grouped(ai.commits)} of them (${percent(ai.commits, all.commits)}) with an AI’s mark`;
}

export function scopeOf({ history, counts }: Scan): string {
  const { from, since, until, merges } = history;
  const months = everyMonth(counts);
  const [first, last] = [months[0]?.label, months.at(-1)?.label];
  return [
    from === "all" ? "all refs" : `${from.name} at ${shortSha(from.sha)}`,
    ...(first === undefined ? [] : [first === last ? first : `${first} to ${last}`]),
    ...(since === null ? [] : [`since ${since}`]),
    ...(until === null ? [] : [`until ${until}`]),
    ...(merges ? [] : ["without merges"]),
  ].join(", ");
}

export function productionOf({ policy: { file } }: Scan): string {
  if (file === null) return `Production areas are the built-in ones: there is no ${CONFIG_PATH} at HEAD.`;
  return `Production areas are those of today’s ${file}.`;
}

/** What the policy would have required: the AI-marked commits first, then the others that it concerns. */
export function askedOf({ counts }: Scan): readonly string[] {
  const { ai, automation, other } = totalsOfAll(counts);
  const rest = addTallies([automation, other]).asked;
  return [
    ai.asked === 0
      ? "No AI-marked commit touched production, so none would have waited for a countersignature."
      : `${grouped(ai.asked)} of ${grouped(ai.commits)} AI-marked commits (${percent(ai.asked, ai.commits)}) touched production and would have waited for a countersignature.`,
    ...(rest === 0 ? [] : [`Under this policy, so would ${commits(rest)} without a mark.`]),
  ];
}

/** What one must know to read the figures rightly. */
export function remarksOf(scan: Scan): readonly string[] {
  const { history, counts } = scan;
  const undated = undatedOf(counts);
  return [
    ...(history.cut
      ? [
          "This clone is shallow: earlier history is missing and not counted. Run `git fetch --unshallow` to get it.",
        ]
      : []),
    ...(everyMonth(counts).at(-1)?.label === scan.currentMonth
      ? [`${scan.currentMonth} is not over yet.`]
      : []),
    "A mark shows that an AI took part. A commit without one may still be AI-written: many tools leave none.",
    ...(counts.severalTools === 0
      ? []
      : [
          `${commits(counts.severalTools)} with marks of several tools, each counted for the first: by author, committer, co-author, message.`,
        ]),
    ...(counts.merges === 0
      ? []
      : [
          `Including ${grouped(counts.merges)} ${counts.merges === 1 ? "merge" : "merges"}: a merge touches no files of its own (--no-merges leaves them out).`,
        ]),
    ...(undated === 0
      ? []
      : [`${commits(undated)} without a date or with one in the future: counted, but not in any month.`]),
    ...(scan.reviewed ? reviewRemarks(scan.reviewed.unread) : []),
  ];
}

function undatedOf({ months }: Counts): number {
  return months
    .filter(({ month }) => month === null)
    .reduce((sum, period) => sum + totalsOf(period).all.commits, 0);
}

function commits(number: number): string {
  return `${grouped(number)} ${number === 1 ? "commit" : "commits"}`;
}
