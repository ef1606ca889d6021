import type { InLine, LateAnswer, NotAsked, Size, TimeVerdict, Wait } from "../time-verdict.ts";
import { escapeInvisible } from "./visible.ts";
import { count, listFirst, listFirstQuoted, mention, momentText, ownerNames } from "./words.ts";

/** What is said of load, line, size and wait. Plain text. */

/** The title where nothing else stops a change. `null` where time does not stop it. */
export function timeTitles({ waits: [wait], size }: TimeVerdict): readonly string[] | null {
  if (size?.need === "split") return [`Split it: ${size.lines} production lines, ${size.most} at most`];
  if (wait === undefined) return null;
  if (wait.until === null) return [`Not ready yet, and then waits: ${ABOUT[wait.kind]}`];
  return [`Waits until ${momentText(wait.until)}: ${ABOUT[wait.kind]}`];
}

const ABOUT: Readonly<Record<Wait["kind"], string>> = {
  destructive: "destructive change",
  widening: "permission-widening change",
  size: "too many lines for one person",
};

export function timeSentences({ waits, size, inLine, late, notAsked }: TimeVerdict): readonly string[] {
  return [
    ...(size === undefined ? [] : sizeSentences(size)),
    ...waits.map(waitSentence),
    ...inLine.map(lineSentence),
    ...late.map(lateSentence),
    ...notAskedSentences(notAsked),
  ];
}

function waitSentence({ kind, places, lasts, until }: Wait): string {
  const when =
    until === null
      ? "from when it is ready for review"
      : `until ${momentText(until)}, and Countersign releases it then`;
  const open = `stays open for ${durationText(lasts)}, ${when}`;
  if (kind === "size")
    return `Nobody is left to give one countersignature more, so the change ${open}. A push that changes these lines starts the time anew; a smaller change does not wait.`;
  return `Signed or not, a ${ABOUT[kind]} ${open} (${listFirstQuoted(places)}). A push that changes it starts the time anew; where the config names who may override, an override lets it through.`;
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
  extra: "Each area needs one countersignature more.",
  wait: "Each area needs one countersignature more where there is somebody to give it; where there is not, the change waits.",
  split: "It has to be split before it can merge, so nobody is asked to review it as it is.",
};

function lineSentence({ area, place, before }: InLine): string {
  const name = escapeInvisible(area);
  if (place === null)
    return `It left the line of ${name}: its owners were asked, and its author neither pushed nor replied for five working days. A push or a reply of the author puts it back, at the end.`;
  const others = listFirst(
    before.map((pull) => `#${pull}`),
    SHOWN_CHANGES,
  );
  return `In line for ${name}, ${ordinal(place)} to be asked about: nobody is asked yet, because ${others} ${before.length === 1 ? "comes" : "come"} first. Whoever may sign can sign it now.`;
}

const SHOWN_CHANGES = 10;

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
};

/** Without counts and other repositories: what else waits for somebody is not for everybody to read. */
function notAskedSentences(all: readonly NotAsked[]): readonly string[] {
  if (all.length === 0) return [];
  const each = all.map((one) => `${mention(one)} (${REASONS[one.because]})`);
  return [`Not asked, and able to sign: ${listFirst(each, SHOWN_PEOPLE)}.`];
}

const SHOWN_PEOPLE = 10;
