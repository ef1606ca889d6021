import { nameOf, onEachBranch } from "../branch-rules.ts";
import type { Branch, Facts, Installation, Protection } from "../facts.ts";
import { installationsPage, ownRuleset } from "../fixes.ts";
import { type Known, mapKnown } from "../known.ts";
import { judgeKnown, no, notKnown, type Outcome, somewhere, yes } from "../outcome.ts";
import { requiring } from "../requiring.ts";
import type { FindingRule } from "./rule.ts";

/** Some place blocks it, and for everybody. */
function blockedOnEach(facts: Facts, what: string, blocks: (place: Protection) => Known<boolean>): Outcome {
  return onEachBranch(facts, (branch) =>
    judgeKnown(branch.protections, nameOf(branch), (places) => {
      const nobody = no(`${nameOf(branch)}: no rule blocks ${what}`);
      return somewhere(
        places.map((place) => blockedBy(branch, place, { what, blocks })).filter((each) => each !== null),
        nobody,
      );
    }),
  );
}

interface Blocking {
  readonly what: string;
  readonly blocks: (place: Protection) => Known<boolean>;
}

/** `null` for a place that says nothing of it. */
function blockedBy(branch: Branch, place: Protection, { what, blocks }: Blocking): Outcome | null {
  const blocked = blocks(place);
  const where = `${nameOf(branch)}: ${place.where}`;
  if ("unknown" in blocked) return notKnown(where, blocked.unknown);
  if (!blocked.known) return null;
  const { actors, asker } = place.bypass;
  if (asker === "always" || asker === "exempt") return no(`${where} blocks ${what}, but not for you`);
  return judgeKnown(actors, where, (known) => {
    const may = known.filter(({ mode }) => mode !== "pull-request").map(({ who }) => who);
    return may.length === 0 ? yes() : no(`${where} blocks ${what}, but not for ${may.join(", ")}`);
  });
}

export const forcePushesBlocked = {
  code: "force-pushes-blocked",
  severity: "error",
  says: "Nobody can force-push to a governed branch.",
  judge: (facts) => blockedOnEach(facts, "force pushes", ({ blocksForcePushes }) => blocksForcePushes),
  fix: ownRuleset,
} as const satisfies FindingRule;

export const deletionsBlocked = {
  code: "deletions-blocked",
  severity: "warning",
  says: "Nobody can delete a governed branch and make it anew.",
  judge: (facts) => blockedOnEach(facts, "deletion", ({ blocksDeletions }) => blocksDeletions),
  fix: ownRuleset,
} as const satisfies FindingRule;

export const mergeQueueChecked = {
  code: "merge-queue-checked",
  severity: "error",
  says: "Merge queues wait for the check.",
  judge: (facts) =>
    onEachBranch(facts, (branch) =>
      judgeKnown(branch.queue, nameOf(branch), (queue) => (queue ? judgeQueue(branch, facts) : yes())),
    ),
  fix: (facts) => {
    const hears = hearsOfGroups(facts);
    if ("known" in hears && hears.known) return ownRuleset(facts);
    return ownInstallation(facts)?.page ?? installationsPage(facts);
  },
} as const satisfies FindingRule;

function judgeQueue(branch: Branch, facts: Facts): Outcome {
  return judgeKnown(requiring(branch, facts), nameOf(branch), (places) => {
    if (places.length === 0) return no(`${nameOf(branch)}: its merge queue does not ask for the check`);
    return judgeKnown(hearsOfGroups(facts), `${nameOf(branch)}: what the App hears of`, (hears) =>
      hears ? yes() : no(`${nameOf(branch)}: the App hears of no merge group, so nothing leaves the queue`),
    );
  });
}

function ownInstallation({ app, installations }: Facts): Installation | undefined {
  if ("unknown" in app || "unknown" in installations) return undefined;
  return installations.known.find(({ appId }) => appId === app.known.id);
}

/** Whether the App is told of merge groups; one that is suspended or not installed is told of nothing. */
function hearsOfGroups(facts: Facts): Known<boolean> {
  if ("unknown" in facts.app) return facts.app;
  return mapKnown(facts.installations, () => {
    const own = ownInstallation(facts);
    if (own === undefined || own.suspended) return false;
    return own.events.includes("merge_group") && "merge_queues" in own.permissions;
  });
}
