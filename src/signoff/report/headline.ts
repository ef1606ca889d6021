import { CHECK_TITLE_CHARACTERS } from "../limits.ts";
import { isProposed } from "../proposed-config.ts";
import type { Conclusion, RequirementOutcome, Verdict } from "../verdict.ts";
import { escapeInvisible } from "../wording/visible.ts";
import { count, joinAnd, listFirst, mention, ownerNames, placeOf } from "../wording/words.ts";

/**
 * What is missing, in one line. Plain text, because GitHub renders no Markdown in titles. `pull` names the pull request
 * that decides, if there are several.
 */
export function titleOf(verdict: Verdict, pull: number | null = null): string {
  const { wouldBe } = verdict;
  const whose = pull === null ? "" : `Pull request ${pull}: `;
  if (wouldBe === undefined) return shortened(`${whose}${TITLES[verdict.conclusion](verdict)}`);
  const blocks = wouldBe === "action_required" ? "would block" : "would pass";
  return shortened(`${whose}Observe mode, ${blocks}: ${TITLES[wouldBe](verdict)}`);
}

const TITLES: Readonly<Record<Conclusion, (verdict: Verdict) => string>> = {
  failure: ({ problems }) => {
    const [first, ...rest] = problems.filter(({ severity }) => severity === "error");
    const more = rest.length === 0 ? "" : ` (and ${count(rest.length, "more problem")})`;
    if (first === undefined) return "Could not be evaluated: no reason was given.";
    const opening = isProposed(first) ? `Would break ${placeOf(first)}` : "Could not be evaluated";
    return `${escapeInvisible(`${opening}: ${first.message}`)}${more}`;
  },
  action_required: ({ requirements }) =>
    refused(requirements) ?? impossible(requirements) ?? waiting(requirements),
  neutral: ({ optionalReviews }) => {
    const owners = optionalReviews.flatMap((set) => set.owners);
    if (owners.length === 0) return "AI-authored, outside production: no countersignature required";
    return `AI-authored, outside production: review requested from ${ownerNames(owners)} (optional)`;
  },
  success: ({ requirements, provenance }) => {
    if (requirements.length > 0) return `Countersigned by ${listFirst(signersOf(requirements))}`;
    return provenance.writer === "automation" ? "Automation, no AI-authored change" : "No AI-authored change";
  },
};

function refused(requirements: readonly RequirementOutcome[]): string | null {
  const those = requirements.filter(({ status }) => status === "refused");
  if (those.length === 0) return null;
  const by = new Set(those.flatMap(({ refusals }) => refusals.map((refusal) => mention(refusal.by))));
  return `Refused by ${listFirst([...by])}: ${areasOf(those)}`;
}

function impossible(requirements: readonly RequirementOutcome[]): string | null {
  const those = requirements.filter(({ status }) => status === "impossible");
  if (those.length === 0) return null;
  return `${progress(requirements)}: nobody can countersign ${areasOf(those)} yet`;
}

function waiting(requirements: readonly RequirementOutcome[]): string {
  const those = requirements.filter(({ status }) => status === "waiting");
  const waits = those.map(
    (outcome) => `${escapeInvisible(outcome.requirement.area)} needs approval from ${awaited(outcome)}`,
  );
  return `${progress(requirements)}: ${listFirst(waits)}`;
}

/** The owners whose approval is missing, as CODEOWNERS or the policy names them. */
export function awaited({ awaits }: RequirementOutcome): string {
  return joinAnd(awaits.map(ownerNames));
}

/** Countersignatures given and required. An open requirement is never shown as complete. */
function progress(requirements: readonly RequirementOutcome[]): string {
  const wanted = requirements.reduce((sum, { requirement }) => sum + requirement.count, 0);
  const given = requirements.reduce((sum, outcome) => sum + signaturesOf(outcome), 0);
  return `${given} of ${wanted} countersigned`;
}

function signaturesOf({ requirement, status, countersignatures }: RequirementOutcome): number {
  const most = status === "signed" ? requirement.count : requirement.count - 1;
  return Math.min(countersignatures.length, most);
}

function signersOf(requirements: readonly RequirementOutcome[]): readonly string[] {
  const by = requirements.flatMap(({ countersignatures }) =>
    countersignatures.map((each) => mention(each.by)),
  );
  return [...new Set(by)];
}

function areasOf(requirements: readonly RequirementOutcome[]): string {
  return joinAnd([...new Set(requirements.map(({ requirement }) => escapeInvisible(requirement.area)))]);
}

function shortened(title: string): string {
  const characters = [...title];
  if (characters.length <= CHECK_TITLE_CHARACTERS) return title;
  return `${characters.slice(0, CHECK_TITLE_CHARACTERS - 1).join("")}…`;
}
