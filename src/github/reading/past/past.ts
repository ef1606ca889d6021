import type { PastPull } from "../../../signoff/past.ts";
import type { GitHubClient } from "../../client/client.ts";
import { Inconsistent } from "../../client/errors.ts";
import { createCaches } from "../caches.ts";
import { authorityOfToday, type WithAuthority } from "./authority-of-today.ts";
import { latestMerged, type MergedPull, type Place, readPlace } from "./merged-pulls.ts";
import { keepOpeners } from "./openers.ts";
import { readPast } from "./read-past.ts";
import { type RulesOfThen, rulesOfThen } from "./rules-of-then.ts";

export type { MergedPull };

/** Reads the merged pull requests of one repository, and writes nothing. */
export interface PastReader {
  readonly place: Place;
  /** The latest, newest first. */
  readonly merged: (last: number) => Promise<readonly MergedPull[]>;
  /** Reads these one by one; what they share is read in batches, as the first of a batch needs it. */
  readonly reading: (pulls: readonly MergedPull[]) => Promise<(pull: MergedPull) => Promise<PastPull>>;
  readonly withAuthority: WithAuthority;
}

/** Of as many pull requests the rules of then are read at once. */
const BATCH = 20;

/** @throws {NotFound | GitHubUnavailable | GitHubProblem} */
export async function openPast(
  client: GitHubClient,
  named: { readonly owner: string; readonly repo: string },
  now: Date,
): Promise<PastReader> {
  const place = await readPlace(client, named);
  const { repository } = place;
  const caches = createCaches();
  const context = { repository, caches, now };
  return {
    place,
    merged: (last) => latestMerged(client, repository, last),
    reading: async (pulls) => {
      if (pulls.length > 0) await keepOpeners(client, context, pulls);
      const batches = new Map<number, Promise<ReadonlyMap<string, RulesOfThen>>>();
      const order = new Map(pulls.map(({ number }, index) => [number, index]));
      const rulesFor = (pull: MergedPull) => {
        const batch = Math.floor((order.get(pull.number) ?? 0) / BATCH);
        const own = pulls.slice(batch * BATCH, (batch + 1) * BATCH).map(({ base }) => base.sha);
        const known = batches.get(batch) ?? rulesOfThen(client, repository, own);
        batches.set(batch, known);
        return known;
      };
      return async (pull) => {
        const rules = (await rulesFor(pull)).get(pull.base.sha);
        if (rules === undefined) throw new Inconsistent("the commit that it was merged into");
        return readPast(client, { ...context, pull, rules });
      };
    },
    withAuthority: authorityOfToday(client, context),
  };
}
