import type { Figures } from "../../../backtest/figures.ts";
import { figuresOf } from "../../../backtest/figures.ts";
import type { Replayed } from "../../../backtest/replayed.ts";
import { count, listFirst } from "../../../signoff/wording/words.ts";
import { stopSentence } from "../stop-sentence.ts";
import type { Backtest, Tested } from "../tested.ts";
import { duration } from "./words.ts";

export function titleOf({ repository: { owner, name } }: Pick<Backtest, "repository">): string {
  return `${owner}/${name}`;
}

/** The one sentence that people remember. */
export function headlineOf({ replayed }: Tested): string {
  const { pulls, ai, aiInProduction } = figuresOf(replayed);
  const { withoutOwner } = figuresOf(replayed.filter(({ writer }) => writer === "ai"));
  if (pulls === 0) return "no merged pull requests were read";
  return `${ai} of ${count(pulls, "merged pull request")} ${were(ai)} an AI’s, ${aiInProduction} touched production, ${withoutOwner} merged without an owner`;
}

/** Of which time it tells, and by which policy. */
export function aboutOf({ policies }: Pick<Backtest, "policies">): string {
  return policies
    .slice(0, 1)
    .flatMap(({ replayed, title }) => [...spanOf(replayed), `by ${title}`])
    .join(", ");
}

function spanOf(replayed: readonly Replayed[]): readonly string[] {
  const dates = replayed.map(({ pull }) => pull.mergedAt.slice(0, 10)).toSorted();
  const [first, last] = [dates[0], dates.at(-1)];
  return first === undefined || last === undefined ? [] : [`merged ${first} to ${last}`];
}

/** What the policy would have done, for people who read no tables. */
export function outcomeSentences({ replayed }: Tested): readonly string[] {
  const figures = figuresOf(replayed);
  if (figures.pulls === 0) return [];
  if (figures.asked === 0) return ["It would have asked nobody."];
  return [
    `It would have asked somebody on ${figures.asked} of them: ${figures.inTime} had been signed in time, ${figures.wouldHaveWaited} would have waited${figures.unclear === 0 ? "" : `, ${figures.unclear} cannot be told`}.`,
    ...waits(figures),
    ...(figures.withoutAnybody === 0
      ? []
      : [
          `${figures.withoutAnybody} of those asked ${were(figures.withoutAnybody)} merged without anybody else’s approval at all.`,
        ]),
    ...(figures.silent === 0
      ? []
      : [
          `${figures.silent} ${were(figures.silent)} signed without a word of the signer, and without a change after the opening.`,
        ]),
    `It found ${count(figures.hazards, "hazard")} in ${count(figures.withHazards, "pull request")}.`,
  ];
}

function were(number: number): string {
  return number === 1 ? "was" : "were";
}

function waits({ signing, late }: Figures): readonly string[] {
  return [
    ...(signing.of === 0
      ? []
      : [
          `Where owners signed before the merge, it took them ${duration(signing.median)} in the median and ${duration(signing.p90)} at most in nine of ten cases, from the last commit.`,
        ]),
    ...(late.of === 0
      ? []
      : [
          `Where they signed only after it, they came ${duration(late.median)} after the merge in the median, ${duration(late.p90)} in nine of ten cases.`,
        ]),
  ];
}

/** What one must know to read the figures rightly. */
export function remarksOf(tested: Backtest): readonly string[] {
  const { found, askedAs, unreadTeams, notRead, cost, stopped, folder, policies, followsLinks } = tested;
  const read = policies[0]?.replayed ?? [];
  return [
    ...(stopped === null ? [] : [stopSentence(stopped)]),
    ...(stopped === null ? [] : [`${read.length} of ${found} are shown.`]),
    ...(askedAs === null ? [] : [`${askedAs} is now called ${titleOf(tested)}.`]),
    ...latestOf(tested),
    "Who belonged to a team then, and who could write, is not known: both are as of today. CODEOWNERS is that of the base of then.",
    ...(unreadTeams.length === 0
      ? []
      : [
          `Who is in ${listFirst(unreadTeams)} is unknown: it takes a token of a member of the organization with the scope read:org, and teams that may write here.`,
        ]),
    "An approval counts only for the commit that was merged: what an earlier one covered can only be known to an App that saw it.",
    "Who pushed by way of other branches is not read. Pull requests that were closed without a merge are not here.",
    ...(followsLinks
      ? []
      : [
          "The repository has too many files to look for symbolic links: control files that are links are not seen as such.",
        ]),
    ...unjudged(read),
    ...notRead.map(({ number, because }) => `#${number} could not be read: ${because}`),
    `${count(cost.requests, "request")} to GitHub${cost.kept === 0 ? "" : `; ${count(cost.kept, "pull request")} had been read before`}. What was read is kept in ${folder}.`,
  ];
}

/** Whether these are the latest, and as many as were asked for. */
function latestOf({ last, found, complete }: Backtest): readonly string[] {
  if (!complete)
    return ["So many older pull requests were changed lately that some of the latest may be missing."];
  if (found === 0) return ["No pull request was merged here yet."];
  return found < last ? [`There are no more than ${count(found, "merged pull request")}.`] : [];
}

function unjudged(read: readonly Replayed[]): readonly string[] {
  const { notGoverned } = figuresOf(read);
  const failed = read.flatMap(({ pull, unjudged }) =>
    unjudged?.kind === "not-evaluated" ? [`#${pull.number} could not be evaluated: ${unjudged.because}`] : [],
  );
  return [
    ...(notGoverned === 0
      ? []
      : [`${count(notGoverned, "pull request")} went into branches that the config does not govern.`]),
    ...failed,
  ];
}
