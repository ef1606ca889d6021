import { z } from "zod";
import { DEFAULT_POLICY } from "../../policy/merge.ts";
import type { ChangedFile } from "../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import { repositoryKey } from "../client/cache-keys.ts";
import { parsed } from "../client/client.ts";
import { LIMITS } from "../client/limits.ts";
import type { Caches } from "./caches.ts";
import {
  type BaseSides,
  baseSidesValues,
  baseSidesWanted,
  type KnownEntries,
  parseBaseSides,
} from "./content/base-sides.ts";
import { BLOBS, type KnownBlobs, parseBlobs } from "./content/blobs.ts";
import { blobsWanted } from "./content/contents.ts";
import { type KnownModes, MODES, modesWanted, parseModes } from "./content/modes.ts";
import { LABELS } from "./labels.ts";
import { loginsOf, ownersInQuestion } from "./people/owners-in-question.ts";
import { organizationAnswer, type TeamRef, teamsTold, teamValues } from "./people/team-answer.ts";
import { type KnownTeams, knownTeam } from "./people/teams.ts";
import { isAboutUsers, type KnownUser, knownUser, parseUsers, USERS } from "./people/users.ts";

/**
 * What an evaluation is going to need beside the pull request, as the rules of the repository's last evaluation have
 * it. It is a guess that saves requests and decides nothing: what it leaves out is asked for by itself.
 */
export interface Prefetch {
  readonly teams: readonly TeamRef[];
  /** Logins of owners. */
  readonly users: readonly string[];
  /** Names of our labels. */
  readonly labels: readonly string[];
  /** Changed files whose modes are not known. */
  readonly paths: readonly string[];
  /** Contents of changed files, by their ids. */
  readonly blobs: readonly string[];
  /** Where an approval rests on what the merge base has: of a head that was read before, as its commits were then. */
  readonly sides: BaseSides;
}

const NO_SIDES: BaseSides = { mergeBase: "", paths: [] };

interface Place {
  readonly repository: RepositoryRef;
  readonly caches: Caches;
  readonly now: Date;
  readonly notBefore: number;
}

/**
 * The teams are those that are not known by now. Of a repository not judged before, the usual labels are prefetched.
 * `mergeBase` is known of a head that was read before.
 */
export async function planPrefetch(
  place: Place,
  files: readonly ChangedFile[],
  mergeBase?: string,
): Promise<Prefetch> {
  const rules = place.caches.rules.get(repositoryKey(place.repository), place.now);
  const owners = rules === undefined ? [] : ownersInQuestion(files, rules);
  const teams = owners.filter((owner) => owner.kind === "team");
  const blobs = await blobsWanted(files, { blobs: place.caches.contents, now: place.now });
  return {
    teams: teams.filter((team) => knownTeam(place, team) === undefined).slice(0, LIMITS.teamsPerQuery),
    users: loginsOf(owners)
      .filter((login) => knownUser(place, login) === undefined)
      .slice(0, LIMITS.usersPerQuery),
    labels: Object.values(rules?.policy?.labels ?? DEFAULT_POLICY.labels).filter((label) => label !== false),
    paths: modesWanted(files).slice(0, LIMITS.pathsPerEvaluation),
    blobs: blobs.slice(0, LIMITS.blobsPerQuery),
    sides: mergeBase === undefined ? NO_SIDES : sidesOf(place, files, mergeBase),
  };
}

/** Of more files than one document asks about, they are asked for by themselves, and only where they matter. */
function sidesOf(place: Place, files: readonly ChangedFile[], mergeBase: string): BaseSides {
  const paths = baseSidesWanted(files, { ...place, mergeBase });
  return paths.length > LIMITS.pathsPerEvaluation ? NO_SIDES : { mergeBase, paths };
}

/** The values of the variables by which a document asks for it. */
export function prefetchValues({
  teams,
  users,
  labels,
  paths,
  blobs,
  sides,
}: Prefetch): Readonly<Record<string, string | null>> {
  return {
    ...teamValues(teams, null),
    ...USERS.values(users),
    ...LABELS.values(labels),
    ...MODES.values(paths),
    ...BLOBS.values(blobs),
    ...baseSidesValues(sides),
  };
}

/** What the document then told of it. Names are lower-cased. */
export interface Prefetched {
  readonly teams: KnownTeams;
  readonly users: readonly KnownUser[];
  /** Node ids by label. */
  readonly labels: Readonly<Record<string, string>>;
  readonly modes: KnownModes;
  readonly blobs: KnownBlobs;
  readonly sides: KnownEntries;
}

/** Whether a fault at this path is about nothing but what was prefetched. */
export function isPrefetched(path: string): boolean {
  return (
    isAboutUsers(path) ||
    /^(organization\b|repository\.(?:(?:label|blob)\d+|head\.mode\d+)$|repository\.mergeBase\b)/.test(path)
  );
}

const idAnswer = z.object({ id: z.string() }).nullish();
const prefetchedAnswer = z.looseObject({
  repository: z.looseObject({}).nullable(),
  organization: organizationAnswer.optional(),
});

/** `faulty` are the paths where GitHub answered with a fault; a team beside one of them is not known to be absent. */
export function parsePrefetched(answer: unknown, asked: Prefetch, faulty: readonly string[]): Prefetched {
  const told = parsed(prefetchedAnswer, answer, "what was prefetched");
  const noTeams = faulty.some((path) => path.startsWith("organization"));
  // What a fault left out would be taken for what is not there.
  const noSides = faulty.some((path) => path.startsWith("repository.mergeBase"));
  const labels = LABELS.answers("label", told.repository, asked.labels).flatMap(([name, answer]) => {
    const id = parsed(idAnswer, answer, name)?.id;
    return id === undefined ? [] : [[name.toLowerCase(), id] as const];
  });
  return {
    teams: noTeams ? [] : teamsTold(told.organization, asked.teams),
    users: parseUsers(answer, asked.users, faulty),
    labels: Object.fromEntries(labels),
    modes: parseModes(told.repository?.head, asked.paths),
    blobs: parseBlobs(told.repository, asked.blobs),
    sides: (noSides ? null : parseBaseSides(answer, asked.sides.paths)) ?? new Map(),
  };
}
