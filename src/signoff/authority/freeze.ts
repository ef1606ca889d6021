import type { OwnerRef } from "../../ownership/owner.ts";
import { EVERY_AREA } from "../../policy/keys/freeze.ts";
import type { Policy } from "../../policy/policy.ts";
import { createOwnersLookup } from "../requirements/path-owners.ts";
import type { AreaPaths, PathsByArea } from "../requirements/paths-by-area.ts";
import type { Account, FreezeHistory, FreezeRecord, Snapshot } from "../snapshot.ts";
import type { Freeze } from "../verdict.ts";
import type { Contexts } from "./speaker.ts";

/** What a change touches, and whose it is. */
export interface Touched {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly ground: PathsByArea;
  readonly ai: boolean;
}

export const NO_FREEZES: FreezeHistory = { frozen: [], lifts: [], recent: [], held: [] };

/** What stops a change now, and when that may change by time alone, in milliseconds. */
export interface Frozen {
  readonly freezes: readonly Freeze[];
  readonly changesAt: readonly number[];
}

/** By the config's times and by people's words. */
export function frozenNow(touched: Touched, frozen: readonly FreezeRecord[]): Frozen {
  const { snapshot, policy } = touched;
  if (policy.freeze === null) return { freezes: [], changesAt: [] };
  const now = Date.parse(snapshot.now);
  const all = [
    ...policy.freeze.flatMap(({ areas, appliesTo, starts, ends, ...rest }) =>
      areas
        .filter((area) => stops(touched, area, appliesTo))
        .map((area): Freeze => ({ area, by: null, since: starts, until: ends, ...rest })),
    ),
    ...frozen
      .filter(({ area }) => stops(touched, inForce(policy, area), "by-area"))
      .map(
        ({ area, by, at, until, reason }): Freeze => ({
          ...{ area, by, since: at, until, reason },
          ...(!isArea(policy, area) && { areaIsGone: true }),
        }),
      ),
  ];
  const ahead = all.filter(({ until }) => Date.parse(until) > now);
  const freezes = ahead.filter(({ since }) => Date.parse(since) <= now);
  const changesAt = ahead.map(({ since, until }) =>
    Date.parse(since) <= now ? Date.parse(until) : Date.parse(since),
  );
  return { freezes, changesAt };
}

/** Whether the config has an area of that name. */
export function isArea({ areas }: Policy, area: string): boolean {
  return area === EVERY_AREA || areas.some(({ name }) => name === area);
}

/** What was frozen under a name that the config no longer has may be anywhere. */
function inForce(policy: Policy, area: string): string {
  return isArea(policy, area) ? area : EVERY_AREA;
}

/** Whose changes a freeze stops: by the area, those that need countersignatures there. */
type Whose = "ai" | "everyone" | "by-area";

function stops({ ground, ai }: Touched, area: string, whose: Whose): boolean {
  const touched = touchedIn(ground, area);
  if (touched.length === 0 && area !== EVERY_AREA) return false;
  if (ai || whose === "everyone") return true;
  return whose === "by-area" && touched.some(({ rule }) => rule.appliesTo === "everyone");
}

function touchedIn({ areas }: PathsByArea, area: string): readonly AreaPaths[] {
  return areas.filter(({ rule, paths }) => paths.length > 0 && (area === EVERY_AREA || rule.name === area));
}

/** The areas by whose freezing a change would be stopped. */
export function freezableBy({ ground }: Touched): readonly string[] {
  return [...touchedIn(ground, EVERY_AREA).map(({ rule }) => rule.name), EVERY_AREA];
}

/**
 * Who may sign for an area, as far as this change shows it: by the config, or by the owners of what it changes there. Of
 * `all`, and of one that the config no longer has, whoever may sign for any area that it touches.
 */
export function signersOf({ snapshot, policy, ground }: Touched, area: string): readonly OwnerRef[] {
  const lookup = createOwnersLookup(snapshot.codeowners, policy.unowned);
  const meant = inForce(policy, area);
  const areas = ground.areas.filter(({ rule, paths }) =>
    meant === EVERY_AREA ? paths.length > 0 : rule.name === meant,
  );
  return areas.flatMap(({ rule, paths }) => {
    const holders = paths.flatMap((path) => {
      const { owners } = lookup.of(path);
      return owners.kind === "owned" ? owners.owners : [];
    });
    return [...(rule.from === "owners" ? holders : rule.from), ...rule.senior];
  });
}

/** Whether an override by this person goes through a freeze. */
export function mayLift(
  by: Account,
  { area, by: froze }: Pick<Freeze, "area" | "by">,
  { touched, contexts }: { readonly touched: Touched; readonly contexts: Contexts },
): boolean {
  return froze?.id === by.id || contexts[0].signers.owns(signersOf(touched, area), by);
}
