import type { Branch, Facts, OwnApp, Protection, RequiredCheck } from "./facts.ts";
import { type Known, mapKnown } from "./known.ts";

/** GitHub Actions on github.com: whoever can change a workflow can report any check as this App. */
const ACTIONS = 15368;

/** Who can report a required check. */
type Pin = "own-app" | "actions" | "other-app" | "some-app" | "anybody";

function pinOf({ appId }: RequiredCheck, app: Known<OwnApp>): Pin {
  if (appId === null) return "anybody";
  if ("known" in app && app.known.id === appId) return "own-app";
  if (appId === ACTIONS) return "actions";
  return "known" in app ? "other-app" : "some-app";
}

export interface Requiring {
  readonly protection: Protection;
  readonly pin: Pin;
}

/** The best first: whoever gets round the last of these may still be held by the first. */
const BEST: readonly Pin[] = ["own-app", "some-app", "other-app", "actions", "anybody"];

/** Whether it is one of those that the App reports there. */
export function isOwn({ checkNames }: Branch, { context }: RequiredCheck): boolean {
  return checkNames.includes(context);
}

/** Where the App's check is required on a branch, each with who can report it there. */
export function requiring(branch: Branch, { app }: Pick<Facts, "app">): Known<readonly Requiring[]> {
  return mapKnown(branch.protections, (protections) =>
    protections.flatMap((protection) => {
      const pins = protection.checks
        .filter((check) => isOwn(branch, check) && (branch.exampleOf === null || check.heldWhenMade))
        .map((check) => pinOf(check, app));
      // All that one place asks for must be there, so the best of its pins decides.
      const pin = BEST.find((each) => pins.includes(each));
      return pin === undefined ? [] : [{ protection, pin }];
    }),
  );
}

/**
 * The places that count: those with the best pin. A check that others can report holds nobody back who gets round the
 * place that is pinned to the App.
 */
export function holding(branch: Branch, facts: Pick<Facts, "app">): Known<readonly Protection[]> {
  return mapKnown(requiring(branch, facts), (places) => {
    const best = BEST.find((each) => places.some(({ pin }) => pin === each));
    return places.filter(({ pin }) => pin === best).map(({ protection }) => protection);
  });
}
