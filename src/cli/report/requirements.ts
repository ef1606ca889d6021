import { type OwnerRef, showOwner } from "../../ownership/owner.ts";
import type { Authority } from "../../signoff/snapshot.ts";
import type { IgnoredReview, Requirement, RequirementOutcome } from "../../signoff/verdict.ts";
import { standsSentence, unableOwnerName } from "../../signoff/wording/sentences.ts";
import { count, listFirst, mention, ownerNames, signerName } from "../../signoff/wording/words.ts";
import { type Line, line, type Span } from "./lines.ts";
import type { ReportOptions } from "./options.ts";

interface Details extends ReportOptions, Pick<Authority, "teams"> {
  /** Reviews that were meant for this requirement and do not count. */
  readonly ignored: readonly IgnoredReview[];
}

const STATUS: Readonly<Record<RequirementOutcome["status"], Span>> = {
  signed: { text: "signed", style: "green" },
  waiting: { text: "waiting", style: "yellow" },
  refused: { text: "refused", style: "red" },
  impossible: { text: "impossible", style: "red" },
};

const SHOWN_PATHS = 3;
const SHOWN_PEOPLE = 10;

/** One requirement: who, how many, for which paths, why, what stands of it and what to do. */
export function requirementLines(outcome: RequirementOutcome, details: Details): readonly Line[] {
  const { requirement, status, countersignatures, refusals, canSign, cannotSign, remedy } = outcome;
  const { area, from, because } = requirement;
  const sentences = [
    because,
    ...countersignatures.map(({ by }) => `Signed by ${mention(by)}.`),
    ...details.ignored.map(({ sentence }) => `Does not count: ${sentence}`),
    ...refusals.map(standsSentence),
    ...(requirement.mode === "observe" && status !== "signed" && status !== "refused"
      ? ["The area is observed: this blocks nothing."]
      : []),
    ...(remedy === undefined ? [] : [remedy]),
    ...(canSign.length === 0 ? [] : [`Can sign: ${listFirst(canSign.map(signerName), SHOWN_PEOPLE)}.`]),
    ...(cannotSign.length === 0
      ? []
      : [`Cannot sign: ${listFirst(cannotSign.map(unableOwnerName), SHOWN_PEOPLE)}.`]),
    ...(status === "waiting" ? from.owners.flatMap((owner) => unlistedTeam(owner, details)) : []),
  ];
  return [
    line(
      2,
      STATUS[status],
      " ",
      { text: area, style: "bold" },
      `: ${askedFor(requirement)} (${from.source})`,
    ),
    ...pathLines(from.paths, details),
    ...sentences.map((sentence) => line(4, sentence)),
  ];
}

/** How many countersignatures, and whose. */
export function askedFor({ count: needed, from, senior }: Requirement): string {
  const seniors = senior.length === 0 ? "" : `, including at least one from ${ownerNames(senior)}`;
  return `${count(needed, "countersignature")} from ${ownerNames(from.owners)}${seniors}`;
}

function unlistedTeam(owner: OwnerRef, { teams }: Pick<Details, "teams">): readonly string[] {
  if (owner.kind !== "team") return [];
  const name = `${owner.org}/${owner.slug}`.toLowerCase();
  const team = Object.hasOwn(teams, name) ? teams[name] : undefined;
  return team?.status === "unlisted" ? [`${showOwner(owner)}: ${team.reason}.`] : [];
}

/** One path a line, so that no path can pass for two; the first few unless everything is wanted. */
export function pathLines(paths: readonly string[], { verbose }: ReportOptions): readonly Line[] {
  const shown = verbose || paths.length <= SHOWN_PATHS + 1 ? paths : paths.slice(0, SHOWN_PATHS);
  const left = paths.length - shown.length;
  return [
    ...shown.map((path) => line(6, path)),
    ...(left === 0 ? [] : [line(6, `and ${left} more (--verbose shows all)`)]),
  ];
}
