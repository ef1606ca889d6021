import type { OwnerRef } from "../../ownership/owner.ts";
import type { RequirementOutcome } from "../verdict.ts";
import { escapeInvisible } from "../wording/visible.ts";
import { joinAnd, listFirst, ownerNames } from "../wording/words.ts";

/** What lists of checks show of a title. */
export const SEEN_AT_ONCE = 60;

/** The first that fits into `room` characters; the last if none does. */
export function firstThatFits(titles: readonly string[], room: number): string {
  return titles.find((title) => [...title].length <= room) ?? titles.at(-1) ?? "";
}

const MOST_GROUPS = 3;

/** Who has to approve what: “Needs @acme/sre: infrastructure”. Shorter wordings are tried until one fits. */
export function needsTitles(outcomes: readonly RequirementOutcome[]): readonly string[] {
  const most = Math.min(MOST_GROUPS, new Set(outcomes.map((outcome) => whoOf(outcome, false))).size);
  const numbers = Array.from({ length: most }, (_, index) => most - index);
  return numbers.flatMap((number) => [false, true].map((brief) => needs(outcomes, number, brief)));
}

function needs(outcomes: readonly RequirementOutcome[], number: number, brief: boolean): string {
  const groups = [...Map.groupBy(outcomes, (outcome) => whoOf(outcome, false)).values()];
  const shown = groups.slice(0, number).map((group) => {
    const areas = new Set(group.map(({ requirement }) => escapeInvisible(requirement.area)));
    return `${whoOf(group[0], brief)}: ${listFirst([...areas], brief ? 1 : 3)}`;
  });
  const left = groups.length - shown.length;
  return `Needs ${shown.join("; ")}${left === 0 ? "" : ` and ${left} more`}`;
}

/** The owners that are waited for, with the number if it is more than one. */
function whoOf({ awaits, requirement, countersignatures }: RequirementOutcome, brief: boolean): string {
  const missing = requirement.count - countersignatures.length;
  const ofTheFirst = Math.max(1, missing - (awaits.length - 1));
  return joinAnd(
    awaits.map((owners, index) => {
      const names = brief ? firstOwner(owners) : ownerNames(owners);
      const number = index === 0 ? ofTheFirst : 1;
      if (number > 1) return `${number} of ${names}`;
      return awaits.length > 1 && owners.length > 1 ? `one of ${names}` : names;
    }),
  );
}

/** The first by name. */
export function firstOwner(owners: readonly OwnerRef[]): string {
  const others = owners.length - 1;
  return others === 0 ? ownerNames(owners) : `${ownerNames(owners.slice(0, 1))} or ${others} more`;
}
