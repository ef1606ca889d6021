import { clean } from "./clean.ts";
import type { Happening, HappeningKind } from "./happening.ts";

/** Names in one list; of more it is said how many. */
const MOST_NAMES = 15;

type Say = (happening: Happening) => string;

const SENTENCES: Readonly<Record<HappeningKind, Say>> = {
  asked: (one) =>
    `${names(one.asked)} ${one.asked?.length === 1 ? "is" : "are"} asked to review ${place(one)}.`,
  escalated: (one) =>
    `${names(one.by)} did not answer in time on ${place(one)}${forAreas(one)}. Asked as well: ${names(one.asked)}.`,
  refused: (one) => `${names(one.by)} refused ${place(one)}${forAreas(one)}.`,
  "override-asked": (one) => `${names(one.by)} asked to override the check of ${place(one)}.`,
  "override-granted": (one) => `${names(one.by)} overrode the check of ${place(one)}${until(one)}.`,
  "override-ended": (one) => `The override of ${place(one)} ended${because(one)}.`,
  frozen: (one) => `${names(one.by)} froze ${names(one.areas)} in ${clean(one.repository)}${until(one)}.`,
  lifted: (one) => `${names(one.by)} lifted the freeze of ${names(one.areas)} in ${clean(one.repository)}.`,
  bypassed: (one) =>
    `${who(one)} changed ${clean(one.branch ?? "a branch")} of ${place(one)} past the check${because(one)}.`,
  "follow-up": (one) => `What got in by ${place(one)} has to be accepted by its owners${forAreas(one)}.`,
};

/** One sentence of plain text, without the words of whoever did it. */
export function sentenceOf(happening: Happening): string {
  return SENTENCES[happening.kind](happening);
}

function place({ repository, pull }: Happening): string {
  return `${clean(repository)}${pull === undefined ? "" : `#${pull.number}`}`;
}

function names(all: readonly string[] = []): string {
  if (all.length === 0) return "nobody";
  const shown = all.slice(0, MOST_NAMES).map(clean);
  const more = all.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  const last = shown.at(-1) ?? "";
  return shown.length === 1 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}

function who({ by = [] }: Happening): string {
  return by.length === 0 ? "Somebody" : names(by);
}

function forAreas({ areas = [] }: Happening): string {
  return areas.length === 0 ? "" : ` (${names(areas)})`;
}

/** The codes that `how` has, in words. */
const HOW: ReadonlyMap<string, string> = new Map([
  ["no-check", "no verdict had let it through"],
  ["red", "the check had not passed"],
  ["no-pull-request", "it came without a pull request that passed"],
  ["expired", "its time is over"],
  ["pushed", "the head has changed"],
  ["ambiguous", "two heads begin with the same characters"],
  ["retargeted", "the base has changed"],
  ["right-lost", "one of those who asked may no longer do so"],
  ["unsigned", "one of those who asked has not signed it with a passkey that is valid"],
  ["withdrawn", "it was withdrawn"],
]);

function because({ how }: Happening): string {
  return how === undefined ? "" : `: ${HOW.get(how) ?? clean(how)}`;
}

/** `2026-11-30 12:00 UTC`. */
function until({ until: end }: Happening): string {
  return end === undefined ? "" : ` until ${clean(end.slice(0, 16)).replace("T", " ")} UTC`;
}
