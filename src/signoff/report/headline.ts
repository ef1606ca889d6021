import { ownerKey } from "../../ownership/owner.ts";
import { approvedUnsigned } from "../awaits-passkey.ts";
import { blocks } from "../blocks.ts";
import { CHECK_TITLE_CHARACTERS } from "../limits.ts";
import { isProposed } from "../proposed-config.ts";
import type { Conclusion, RequirementOutcome, Verdict } from "../verdict.ts";
import { frozenTitle, overriddenTitle } from "../wording/override-words.ts";
import { timeTitles } from "../wording/time-words.ts";
import { escapeInvisible } from "../wording/visible.ts";
import { count, joinAnd, listFirst, mention, ownerNames, placeOf } from "../wording/words.ts";
import { firstOwner, firstThatFits, needsTitles, SEEN_AT_ONCE } from "./needs.ts";

/**
 * Who has to do what, in one line. Plain text, because GitHub renders no Markdown in titles. `pull` names the pull
 * request that decides, if there are several.
 */
export function titleOf(verdict: Verdict, pull: number | null = null): string {
  const { wouldBe } = verdict;
  const blocks = wouldBe === "action_required" ? "would block" : "would pass";
  const whose = pull === null ? "" : `Pull request ${pull}: `;
  const opening = wouldBe === undefined ? whose : `${whose}Observe mode, ${blocks}: `;
  const { override, freezes: [freeze] = [] } = verdict;
  const titles =
    override?.status === "granted"
      ? [overriddenTitle(override)]
      : freeze !== undefined && verdict.conclusion !== "failure"
        ? [frozenTitle(freeze)]
        : TITLES[wouldBe ?? verdict.conclusion](verdict);
  return shortened(opening + firstThatFits(titles, SEEN_AT_ONCE - opening.length));
}

/** The same title in shorter and shorter wordings. */
type Titles = readonly string[];

const TITLES: Readonly<Record<Conclusion, (verdict: Verdict) => Titles>> = {
  failure: ({ problems }) => {
    const [first, ...rest] = problems.filter(({ severity }) => severity === "error");
    const more = rest.length === 0 ? "" : ` (and ${count(rest.length, "more problem")})`;
    if (first === undefined) return ["Could not be evaluated: no reason was given."];
    const opening = isProposed(first) ? `Would break ${placeOf(first)}` : "Could not be evaluated";
    return [`${escapeInvisible(`${opening}: ${first.message}`)}${more}`];
  },
  action_required: ({ requirements, wouldBe, time }) => {
    const open = wouldBe === undefined ? requirements.filter(blocks) : requirements;
    const of = (wanted: RequirementOutcome["status"]) => open.filter(({ status }) => status === wanted);
    const [refused, impossible] = [of("refused"), of("impossible")];
    if (refused.length > 0) return refusedTitles(refused);
    if (impossible.length > 0) return impossibleTitles(impossible);
    const waiting = of("waiting");
    const timed = time === undefined ? null : timeTitles(time);
    // Nobody has to sign what has to be split.
    if (timed !== null && (waiting.length === 0 || time?.size?.need === "split")) return timed;
    if (waiting.length > 0 && waiting.every((each) => approvedUnsigned(each).length > 0))
      return passkeyTitles(waiting);
    return needsTitles(waiting);
  },
  neutral: ({ optionalReviews }) => {
    const all = optionalReviews.flatMap((set) => set.owners);
    const owners = [...new Map(all.map((owner) => [ownerKey(owner), owner])).values()];
    if (owners.length === 0) return ["Nothing to countersign: AI-authored, outside production"];
    return [ownerNames(owners), firstOwner(owners)].map(
      (names) => `Optional review by ${names}: AI-authored, outside production`,
    );
  },
  success: ({ requirements, provenance }) => {
    if (requirements.length > 0)
      return inWordings((most) => `Countersigned by ${listFirst(signersOf(requirements), most)}`);
    return [
      provenance.writer === "automation" ? "Automation, no AI-authored change" : "No AI-authored change",
    ];
  },
};

function refusedTitles(those: readonly RequirementOutcome[]): Titles {
  const by = new Set(those.flatMap(({ refusals }) => refusals.map((refusal) => mention(refusal.by))));
  return inWordings((most) => `Refused by ${listFirst([...by], most)}: ${listFirst(areasOf(those), most)}`);
}

function passkeyTitles(those: readonly RequirementOutcome[]): Titles {
  const people = [...new Set(those.flatMap((each) => approvedUnsigned(each).map(mention)))];
  return inWordings(
    (most) => `Waiting for the passkey of ${listFirst(people, most)}: ${listFirst(areasOf(those), most)}`,
  );
}

function impossibleTitles(those: readonly RequirementOutcome[]): Titles {
  return inWordings((most) => `Nobody can countersign ${listFirst(areasOf(those), most)} yet`);
}

/** With the first three names of each list, or with fewer. */
function inWordings(title: (most: number) => string): Titles {
  return [3, 2, 1].map(title);
}

/** The owners whose approval is missing, as CODEOWNERS or the policy names them. */
export function awaited({ awaits }: RequirementOutcome): string {
  return joinAnd(awaits.map(ownerNames));
}

function signersOf(requirements: readonly RequirementOutcome[]): readonly string[] {
  const by = requirements.flatMap(({ countersignatures }) =>
    countersignatures.map((each) => mention(each.by)),
  );
  return [...new Set(by)];
}

function areasOf(requirements: readonly RequirementOutcome[]): readonly string[] {
  return [...new Set(requirements.map(({ requirement }) => escapeInvisible(requirement.area)))];
}

function shortened(title: string): string {
  const characters = [...title];
  if (characters.length <= CHECK_TITLE_CHARACTERS) return title;
  return `${characters.slice(0, CHECK_TITLE_CHARACTERS - 1).join("")}…`;
}
