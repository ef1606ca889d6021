import type { InLine, LateAnswer, NotAsked, Size, TimeVerdict, Wait } from "../time-verdict.ts";
import { escapeInvisible } from "./visible.ts";
import { count, joinAnd, listFirst, listFirstQuoted, mention, momentText, ownerNames } from "./words.ts";

/** What is said of load, line, size and wait. Plain text. */

/** The title where nothing else stops a change; shorter wordings follow. `null` where time does not stop it. */
export function timeTitles({ waits: [wait], size }: TimeVerdict): readonly string[] | null {
  if (size?.need === "split") {
    const lines = `${size.lines} production lines, ${size.most} at most`;
    return [`Split it: ${lines}`];
  }
  if (wait === undefined) return null;
  const until = wait.until === null ? "once it is no draft" : `until ${momentText(wait.until)}`;
  return [`Waits ${until}: ${ABOUT[wait.kind]}`];
}

const ABOUT: Readonly<Record<Wait["kind"], string>> = {
  destructive: "destructive change",
  widening: "permission-widening change",
  size: "more lines than one person can answer for",
};

export function timeSentences({ waits, size, inLine, late, notAsked }: TimeVerdict): readonly string[] {
  return [
    ...waits.map(waitSentence),
    ...(size === undefined ? [] : sizeSentences(size)),
    ...inLine.map(lineSentence),
    ...late.map(lateSentence),
    ...notAskedSentences(notAsked),
  ];
}

function waitSentence({ kind, places, lasts, until }: Wait): string {
  const when =
    until === null
      ? "the time begins once it is no draft"
      : `it may merge from ${momentText(until)}, and Countersign releases it then`;
  if (kind === "size")
    return `There is nobody for one countersignature more, so the change stays open for ${durationText(lasts)}: ${when}. A smaller change does not wait.`;
  return `A ${ABOUT[kind]} stays open for ${durationText(lasts)} before it can merge, signed or not (${listFirstQuoted(places)}): ${when}. A push that changes it starts the time anew; an override is the way through.`;
}

/** "30 minutes", "2 hours", "3 days" */
function durationText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes % (24 * 60) === 0) return count(minutes / (24 * 60), "day");
  return minutes % 60 === 0 ? count(minutes / 60, "hour") : count(minutes, "minute");
}

/** More of a proposal than this nobody reads in a check. */
const SHOWN_PARTS = 8;

function sizeSentences({ lines, most, left, need, parts }: Size): readonly string[] {
  const generated = left === 0 ? "" : `, and ${left} of generated files and lock files that do not count`;
  const what = `It changes ${count(lines, "line")} of production areas${generated}; at most ${most} can be read at once.`;
  const shown = parts.slice(0, SHOWN_PARTS).map(({ area, owners, paths, lines: own }) => {
    return `${escapeInvisible(area)}, for ${ownerNames(owners)}: ${listFirstQuoted(paths)} (${count(own, "line")})`;
  });
  const more = parts.length > shown.length ? [`${parts.length - shown.length} more`] : [];
  const split = parts.length < 2 ? "" : ` It could be split: ${[...shown, ...more].join("; ")}.`;
  return [`${what} ${NEEDS[need]}${split}`];
}

const NEEDS: Readonly<Record<Size["need"], string>> = {
  extra: "It needs one countersignature more.",
  wait: "It needs one countersignature more where there is somebody to give it, and has to wait where there is not.",
  split: "It has to be split before it can merge.",
};

function lineSentence({ area, place, before }: InLine): string {
  const name = escapeInvisible(area);
  if (place === null)
    return `It left the line of ${name}: nobody pushed or replied for five working days. A push or a reply of its author puts it back, at the end.`;
  const others = listFirst(
    before.map((pull) => `#${pull}`),
    10,
  );
  return `In line for ${name}, ${ordinal(place)} to be asked about: nobody is asked yet, because ${others} ${before.length === 1 ? "comes" : "come"} first. Whoever may sign can sign it now.`;
}

function ordinal(place: number): string {
  if (place % 100 >= 11 && place % 100 <= 13) return `${place}th`;
  return `${place}${["th", "st", "nd", "rd"][place % 10] ?? "th"}`;
}

function lateSentence({ kind, name, due, isLast }: LateAnswer): string {
  const who = kind === "user" ? mention({ login: name }) : `the team ${escapeInvisible(name)}`;
  const next = isLast ? "and there is nobody else to ask" : "so somebody else is asked as well";
  return `No answer from ${who} by ${momentText(due)}, ${next}.`;
}

const REASONS: Readonly<Record<NotAsked["because"], string>> = {
  load: "has as many reviews waiting as one person is asked for",
  busy: "says on GitHub that they are busy",
  late: "was asked and has not answered",
};

/** Without counts and other repositories: what else waits for somebody is not for everybody to read. */
function notAskedSentences(all: readonly NotAsked[]): readonly string[] {
  const told = all.filter(({ because }) => because !== "late");
  if (told.length === 0) return [];
  const each = told.map((one) => `${mention(one)} (${REASONS[one.because]})`);
  return [`Not asked, and able to sign: ${joinAnd(each.slice(0, 10))}.`];
}
