import type { OwnerRef } from "../../ownership/owner.ts";
import { EVERY_AREA } from "../../policy/keys/freeze.ts";
import type { OverrideRecord } from "../snapshot.ts";
import type { Freeze, Override } from "../verdict.ts";
import { escapeInvisible } from "./visible.ts";
import { count, joinAnd, mention, ownerNames } from "./words.ts";

/** What is said of overrides, and answered to commands. Plain text. */

/** "Overridden by @ada and @bob until 14:05 UTC: The shop is down" */
export function overriddenTitle({ by, reason, ...when }: Override): string {
  return `Overridden by ${joinAnd(by.map(mention))} until ${moment(when)}: ${escapeInvisible(reason)}`;
}

function moment({ until, isLong }: Pick<Override, "until" | "isLong">): string {
  const [day, time = ""] = until.split("T");
  return `${isLong ? `${day} ` : ""}${time.slice(0, "14:05".length)} UTC`;
}

export function overrideSentences(override: Override): readonly string[] {
  const { status, by, reason, missing, passedOver } = override;
  const names = joinAnd(by.map(mention));
  const until = moment(override);
  const said = `“${escapeInvisible(reason)}”`;
  switch (status) {
    case "asked":
      return [
        `${names} asked for an override: ${said}. ${count(missing, "more person")} of those whom the config names under “override.by”, who took no part in the change, must repeat the line by ${until}.`,
      ];
    case "held":
      return [
        `${names} asked for an override: ${said}. It lets nothing through while a refusal stands, the change cannot be evaluated, or a freeze holds that not each of them may lift.`,
      ];
    case "granted":
      return [
        `${letThrough(override)} It ends at ${until}, on any push or change of the base, when one of them loses the right, and on “/countersign withdraw”.`,
        ...passedOver.map(({ area, from, senior }) => passedOverSentence(area, [...from.owners, ...senior])),
      ];
  }
}

/** Who let it through, and why. */
export function letThrough({ by, reason }: Pick<Override, "by" | "reason">): string {
  return `${joinAnd(by.map(mention))} let this through without the countersignatures: “${escapeInvisible(reason)}”.`;
}

function passedOverSentence(area: string, owners: readonly OwnerRef[]): string {
  return `Not countersigned: ${escapeInvisible(area)} (${ownerNames(owners)}).`;
}

/** Why a comment gives no command although it holds the words of one: clauses that follow "it". */
export const DOUBTS = {
  edited: "was edited",
  app: "was written by an App",
  "e-mail": "came by e-mail",
} as const;

export function nothingCame(because: string): string {
  return `Nothing came of the command: ${because}.`;
}

export const IS_CLOSED =
  "the pull request is closed. Write it on an open one; a freeze on one that changes something in the area";

export function inDoubt(doubt: keyof typeof DOUBTS): string {
  return nothingCame(`it ${DOUBTS[doubt]}, so it may not be your own word. Write it anew, on GitHub’s page`);
}

export function otherReason({ by, reason }: Pick<OverrideRecord, "by" | "reason">): string {
  return `This is another line than that of ${mention(by)}, whose reason is “${escapeInvisible(reason)}”. To grant theirs, repeat it word for word.`;
}

export function anotherLifts(area: string): string {
  return `To lift the freeze of “${escapeInvisible(area)}”, somebody else who may sign for it has to say the same within an hour.`;
}

function whatIsFrozen({ area, areaIsGone }: Freeze): string {
  if (area === EVERY_AREA) return "All changes are";
  const name = `“${escapeInvisible(area)}”`;
  return areaIsGone ? `${name} is no area of the config any more, so all changes are` : `${name} is`;
}

/** "Frozen until 2026-12-25 00:00 UTC by @sam: Black Friday" */
export function frozenTitle({ by, until, reason }: Freeze): string {
  const who = by === null ? "" : ` by ${mention(by)}`;
  return `Frozen until ${moment({ until, isLong: true })}${who}: ${escapeInvisible(reason)}`;
}

export function freezeSentence(freeze: Freeze): string {
  const { area, by, since, until, reason, origin } = freeze;
  const what = whatIsFrozen(freeze);
  const who = by === null ? `the config (${escapeInvisible(origin ?? "")})` : mention(by);
  const lift =
    by === null
      ? ""
      : ` “/countersign unfreeze ${escapeInvisible(area)}” lifts it: by ${mention(by)}, or by two who may sign for it and took no part in what is held.`;
  return `${what} frozen by ${who} from ${moment({ until: since, isLong: true })} until ${moment({ until, isLong: true })}: “${escapeInvisible(reason)}”.${lift}`;
}
