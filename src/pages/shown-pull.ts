import type { Conclusion, ToldVerdict } from "../signoff/verdict.ts";
import { truncateMiddle } from "../signoff/wording/visible.ts";
import { ownerNames } from "../signoff/wording/words.ts";

/** A judged pull request, as much as its page shows of it. */
export interface ShownPull {
  /** `null` where it could not be read. */
  readonly facts: ShownFacts | null;
  readonly verdict: ToldVerdict;
  /** What the check says, which may speak of several pull requests. */
  readonly check: {
    readonly conclusion: Conclusion;
    readonly title: string;
    readonly pulls: readonly number[];
  };
  /** Lists and texts were cut: there was too much of them. */
  readonly isCut?: true;
}

interface ShownFacts {
  readonly title: string;
  /** A login. */
  readonly author: string | null;
  readonly base: string;
  readonly draft: boolean;
  /** The commit from which the rules were read. */
  readonly rulesSha: string;
}

/** What a list shows of it. */
export interface PullSummary {
  readonly title: string | null;
  readonly author: string | null;
  /** The check's title: who has to do what. */
  readonly says: string;
  readonly isRefused?: true;
  readonly isOverridden?: true;
  /** For what it waits, and who can sign for that now; left out for nothing. */
  readonly waitsFor?: readonly AwaitedArea[];
}

interface AwaitedArea {
  readonly area: string;
  /** As one line each, in which those who can sign stand as a verdict names them. */
  readonly owners: string;
  readonly canSign: readonly string[];
}

const MOST_AREAS = 10;
const MOST_SIGNERS = 20;
const LONGEST_OWNERS = 200;

function awaited({ requirements }: ToldVerdict): readonly AwaitedArea[] {
  return requirements
    .filter(({ status }) => status !== "signed")
    .slice(0, MOST_AREAS)
    .map(({ requirement: { area, from }, canSign }) => ({
      area: truncateMiddle(area),
      owners: cutOff(ownerNames(from.owners)),
      canSign: canSign.slice(0, MOST_SIGNERS).map(({ login }) => login),
    }));
}

function cutOff(text: string): string {
  return text.length <= LONGEST_OWNERS ? text : `${text.slice(0, LONGEST_OWNERS - 1)}…`.toWellFormed();
}

export function summaryOf({ facts, verdict, check }: ShownPull): PullSummary {
  const waitsFor = awaited(verdict);
  return {
    ...{ title: facts?.title ?? null, author: facts?.author ?? null, says: check.title },
    ...(verdict.requirements.some(({ status }) => status === "refused") && { isRefused: true }),
    ...(verdict.override?.status === "granted" && { isOverridden: true }),
    ...(waitsFor.length > 0 && { waitsFor }),
  };
}

/** Characters of JSON. Strangers open pull requests, each of which is kept as long as it is open. */
const MOST_CHARACTERS = 128 * 1024;

/** How many entries of each list and characters of each text there may be: the most that fits. */
const CUTS = [
  { entries: 300, characters: 2_000 },
  { entries: 60, characters: 400 },
  { entries: 10, characters: 160 },
  { entries: 2, characters: 120 },
] as const;

/** It as JSON that is not too long, or as short as it can be. Conclusions are never cut. */
export function writtenShort(shown: ShownPull, how: "in-full" | "least" = "in-full"): string {
  let text = "";
  for (const cut of how === "least" ? CUTS.slice(-1) : CUTS) {
    const short = shortened(shown, cut);
    const isCut = JSON.stringify(short) !== JSON.stringify(shown);
    text = JSON.stringify(isCut ? { ...short, isCut } : short);
    if (text.length <= MOST_CHARACTERS) return text;
  }
  return text;
}

type Cut = (typeof CUTS)[number];

/** The same shape, with shorter lists and texts. */
function shortened<T>(value: T, cut: Cut): T {
  return shorten(value, cut) as T;
}

function shorten(value: unknown, cut: Cut): unknown {
  if (typeof value === "string")
    return value.length <= cut.characters ? value : `${value.slice(0, cut.characters - 1)}…`.toWellFormed();
  if (Array.isArray(value)) return value.slice(0, cut.entries).map((entry) => shorten(entry, cut));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shorten(entry, cut)]));
}
