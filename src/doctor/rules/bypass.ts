import { nameOf, onEachBranch } from "../branch-rules.ts";
import type { Branch, BypassMode, Facts, Protection } from "../facts.ts";
import { ownRuleset } from "../fixes.ts";
import { judgeKnown, no, notKnown, type Outcome, somewhere, yes } from "../outcome.ts";
import { holding } from "../requiring.ts";
import type { FindingRule } from "./rule.ts";

/** Nobody gets round the check who cannot get round each place that requires it; one without exceptions is enough. */
function holdsAgainst(branch: Branch, facts: Facts, mode: BypassMode): Outcome {
  return judgeKnown(holding(branch, facts), nameOf(branch), (places) => {
    if (places.length === 0) return no(`${nameOf(branch)}: the check is not required`);
    if (places.some(isWithoutException)) return yes();
    const hidden = places.find(isHidden);
    if (hidden !== undefined && "unknown" in hidden.bypass.actors)
      return notKnown(`${nameOf(branch)}: ${hidden.where}`, hidden.bypass.actors.unknown);
    const may = places.flatMap((place) => whoMay(place, mode).map((who) => `${who} by ${place.where}`));
    if (may.length > 0) return no(...may.map((each) => `${nameOf(branch)}: ${each}`));
    const partly = places.find(({ bypass }) => "unknown" in bypass.actors);
    return partly !== undefined && "unknown" in partly.bypass.actors
      ? notKnown(`${nameOf(branch)}: ${partly.where}`, partly.bypass.actors.unknown)
      : yes();
  });
}

function isWithoutException({ bypass: { actors, asker } }: Protection): boolean {
  return asker === null && "known" in actors && actors.known.length === 0;
}

/** Nothing at all is known of who may bypass it. */
function isHidden({ bypass: { actors, asker } }: Protection): boolean {
  return asker === null && "unknown" in actors;
}

function whoMay({ bypass: { actors, asker } }: Protection, mode: BypassMode): readonly string[] {
  const listed = "known" in actors ? actors.known.filter((actor) => actor.mode === mode) : [];
  return [...listed.map(({ who }) => who), ...(asker === mode && listed.length === 0 ? ["you"] : [])];
}

export const bypassAlways = {
  code: "bypass-always",
  severity: "error",
  says: "Nobody may always bypass the check (mode “always”).",
  judge: (facts) => onEachBranch(facts, (branch) => holdsAgainst(branch, facts, "always")),
  fix: ownRuleset,
} as const satisfies FindingRule;

export const bypassPullRequest = {
  code: "bypass-pull-request",
  severity: "error",
  says: "Nobody may bypass the check on pull requests (mode “pull request”).",
  judge: (facts) => onEachBranch(facts, (branch) => holdsAgainst(branch, facts, "pull-request")),
  fix: ownRuleset,
} as const satisfies FindingRule;

export const bypassExempt = {
  code: "bypass-exempt",
  severity: "error",
  says: "Nobody is exempt from the check (mode “exempt”, of which no audit log tells).",
  judge: (facts) => onEachBranch(facts, (branch) => holdsAgainst(branch, facts, "exempt")),
  fix: ownRuleset,
} as const satisfies FindingRule;

export const administratorsHeld = {
  code: "administrators-held",
  severity: "error",
  says: "Administrators are held to the check, too.",
  judge: (facts) =>
    onEachBranch(facts, (branch) =>
      judgeKnown(holding(branch, facts), nameOf(branch), (places) =>
        somewhere(
          places.map((place) => administratorsIn(branch, place)),
          no(`${nameOf(branch)}: the check is not required`),
        ),
      ),
    ),
  fix: ownRuleset,
} as const satisfies FindingRule;

function administratorsIn(branch: Branch, { where, bypass: { actors, asker } }: Protection): Outcome {
  return judgeKnown(actors, `${nameOf(branch)}: ${where}`, (known) => {
    const administrators = known.filter(({ administrator }) => administrator);
    if (administrators.length > 0)
      return no(
        `${nameOf(branch)}: ${where} lets ${administrators.map(({ who }) => who).join(" and ")} pass`,
      );
    // GitHub says that the asker may bypass it and names nobody who may: that does not go together.
    return asker !== null && known.length === 0
      ? no(`${nameOf(branch)}: ${where} lets you pass and lists nobody`)
      : yes();
  });
}
