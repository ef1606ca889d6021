import {
  type Ask,
  type Done,
  type FoundHazard,
  type Replayed,
  wouldHaveWaited,
} from "../../../backtest/replayed.ts";
import { joinAnd, listFirst } from "../../../signoff/wording/words.ts";

/** The words of a back-test, the same in the terminal and on the page. Plain text: names in it are not escaped. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `12 min`, `3.5 h`, `2.1 d`; `–` for none. */
export function duration(ms: number | null): string {
  if (ms === null) return "–";
  if (ms < MINUTE) return "< 1 min";
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`;
  return ms < DAY ? `${tenths(ms / HOUR)} h` : `${tenths(ms / DAY)} d`;
}

function tenths(number: number): string {
  return number.toFixed(1).replace(/\.0$/, "");
}

function doneWords(done: Done): string {
  switch (done.kind) {
    case "signed":
      return `${mentions(done.by)} signed after ${duration(done.waitedMs)}${done.silent ? ", without a word or a change" : ""}`;
    case "late":
      return `${mentions(done.by)} signed ${duration(done.afterMergeMs)} after the merge`;
    case "earlier":
      return `${mentions(done.by)} approved an earlier commit`;
    case "refused":
      return `merged although ${mentions(done.by)} asked for changes`;
    case "unknown":
      return `unclear: somebody approved, and whether ${joinAnd(done.about)} could sign is not known`;
    case "impossible":
      return `nobody could have signed: ${done.because}`;
    case "nobody":
      return "no owner signed";
  }
}

function mentions(logins: readonly string[]): string {
  return joinAnd(logins.map((login) => `@${login}`));
}

/** One thing that would have been asked: of whom, for what, and what was done. */
export function askWords({ area, owners, count, done }: Ask): string {
  const of = owners.length === 0 ? "nobody" : listFirst(owners);
  return `${area} asks ${count > 1 ? `${count} of ` : ""}${of}: ${doneWords(done)}`;
}

export function hazardWords({ file, line, what, id }: FoundHazard): string {
  return `${file}:${line}: ${what} (${id})`;
}

/** Who wrote it, and when it was merged by whom. */
export function originWords(replayed: Replayed): string {
  const { mergedAt, mergedBy } = replayed.pull;
  return `${writerWords(replayed)}; merged ${mergedAt.slice(0, 10)}${mergedBy === null ? "" : ` by @${mergedBy}`}`;
}

export function writerWords({ writer, tools }: Pick<Replayed, "writer" | "tools">): string {
  if (writer === "ai") return tools.length === 0 ? "AI" : `AI (${listFirst(tools, 2)})`;
  return writer;
}

/** What would have become of it at the moment it was merged. */
export function fateWords(replayed: Replayed): string {
  if (replayed.unjudged !== undefined) return replayed.unjudged.because;
  if (replayed.asks.length === 0) return "nobody asked";
  const waited = wouldHaveWaited(replayed);
  if (waited === null) return "unclear";
  return waited ? "would have waited" : "signed in time";
}
