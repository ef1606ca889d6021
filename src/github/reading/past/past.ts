import type { PastPull } from "../../../signoff/past.ts";
import type { GitHubClient } from "../../client/client.ts";
import { Inconsistent } from "../../client/errors.ts";
import { createCaches } from "../caches.ts";
import { authorityOfToday, type WithAuthority } from "./authority-of-today.ts";
import { commitWithLinks } from "./links-today.ts";
import { type LatestMerged, latestMerged, type MergedPull, type Place, readPlace } from "./merged-pulls.ts";
import { keepOpeners } from "./openers.ts";
import { readPast } from "./read-past.ts";
import { type RulesOfThen, rulesOfThen } from "./rules-of-then.ts";

export type { MergedPull };

/** Reads the merged pull requests of one repository, and writes nothing. */
export interface PastReader {
  readonly place: Place;
  readonly merged: (last: number) => Promise<LatestMerged>;
  readonly reading: (pulls: readonly MergedPull[]) => Promise<Reading>;
  readonly withAuthority: WithAuthority;
}

/** Reads some pull requests one by one; what they share is read in batches, as the first of a batch needs it. */
interface Reading {
  readonly read: (pull: MergedPull) => Promise<PastPull>;
  /** Whether control files are also known by the links through which they are read. */
  readonly followsLinks: boolean;
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
      const isAny = pulls.length > 0;
      if (isAny) await keepOpeners(client, context, pulls);
      const linksOf = isAny ? await commitWithLinks(client, repository, place.tip) : null;
      const batches = new Map<number, Promise<ReadonlyMap<string, RulesOfThen>>>();
      const order = new Map(pulls.map(({ number }, index) => [number, index]));
      const rulesFor = (pull: MergedPull) => {
        const batch = Math.floor((order.get(pull.number) ?? 0) / BATCH);
        const own = pulls.slice(batch * BATCH, (batch + 1) * BATCH).map(({ base }) => base.sha);
        const known = batches.get(batch) ?? rulesOfThen(client, repository, own);
        batches.set(batch, known);
        return known;
      };
      const read = async (pull: MergedPull) => {
        const rules = (await rulesFor(pull)).get(pull.base.sha);
        if (rules === undefined) throw new Inconsistent("the commit that it was merged into");
        return readPast(client, { ...context, pull, rules, linksOf });
      };
      return { read, followsLinks: linksOf !== null || !isAny };
    },
    withAuthority: authorityOfToday(client, context),
  };
}
