import { CONFIG_PATH } from "../../policy/resolve.ts";
import { shortSha } from "../../signoff/wording/words.ts";
import { NO_OWNER } from "../local-git/repository.ts";
import { everyMonth, grouped, percent, totalsOf, totalsOfAll } from "./figures.ts";
import type { Scan } from "./scanned.ts";
import { addTallies, type Counts } from "./tally.ts";

/** The texts of a scan, the same in the terminal and on the page. Plain text: names in it are not escaped. */

export function titleOf({ repository: { owner, name } }: Scan): string {
  return owner === NO_OWNER ? name : `${owner}/${name}`;
}

export function headlineOf({ counts }: Scan): string {
  const { all, ai } = totalsOfAll(counts);
  if (all.commits === 0) return "no commits in this time";
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
  if (file === null) return `Production is what the built-in areas hold: there is no ${CONFIG_PATH} at HEAD.`;
  return `Production is what today’s ${file} says.`;
}

/** What the policy would have asked: the AI-marked commits first, then the others that it concerns. */
export function askedOf({ counts }: Scan): readonly string[] {
  const { ai, automation, other } = totalsOfAll(counts);
  const rest = addTallies([automation, other]).asked;
  return [
    ai.asked === 0
      ? "No AI-marked commit touched production: none would have waited for a countersignature."
      : `${grouped(ai.asked)} of ${grouped(ai.commits)} AI-marked commits (${percent(ai.asked, ai.commits)}) touched production: each would have waited for a countersignature.`,
    ...(rest === 0 ? [] : [`So would ${commits(rest)} without a mark, as this policy asks.`]),
  ];
}

/** What one must know to read the figures rightly. */
export function remarksOf(scan: Scan): readonly string[] {
  const { history, counts } = scan;
  const undated = undatedOf(counts);
  return [
    ...(history.cut
      ? [
          "This clone is shallow: its history is cut, and what came before is not counted. `git fetch --unshallow` brings it.",
        ]
      : []),
    ...(everyMonth(counts).at(-1)?.label === scan.currentMonth
      ? [`${scan.currentMonth} is not over yet.`]
      : []),
    "A mark tells that an AI took part. Without one nothing is known: many tools leave none.",
    ...(counts.severalTools === 0
      ? []
      : [
          `${commits(counts.severalTools)} with marks of several tools: each counts for the first, by author, committer, co-author, message.`,
        ]),
    ...(counts.merges === 0
      ? []
      : [
          `Merges among them: ${grouped(counts.merges)}. They touch nothing of their own (--no-merges leaves them out).`,
        ]),
    ...(undated === 0
      ? []
      : [`${commits(undated)} without a date, or with one that is still to come: counted, but in no month.`]),
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
