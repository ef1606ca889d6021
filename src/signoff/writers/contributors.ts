import type { Account, Participant, Snapshot } from "../snapshot.ts";
import type { Contributor, ContributorRole, Requirement } from "../verdict.ts";
import { listFirst, shortSha } from "../wording/words.ts";
import { attestedRequesters } from "./attested-requesters.ts";
import { committed } from "./committed-parts.ts";
import type { ContributorSources, Part, Who } from "./part.ts";
import { directed, namedRequesters, opener, participants } from "./participant-parts.ts";
import { accountsHeardOf, accountsNow } from "./people.ts";

/** Everybody who took part in making the change. None of them may countersign it. */
export interface Contributors {
  readonly all: readonly Contributor[];
  /** Contributors whom nobody can tell from an approver: their e-mail maps to no account. */
  readonly unknown: readonly Contributor[];
  /**
   * By id; somebody known by login alone, by login. Who took part by merges alone is one only for requirements that
   * those touched.
   */
  find(
    person: { readonly id: number | null; readonly login: string },
    requirement?: Pick<Requirement, "area" | "from">,
  ): Contributor | undefined;
}

export function findContributors(snapshot: Snapshot, sources: ContributorSources): Contributors {
  const parts = [
    ...opener(snapshot, sources),
    ...snapshot.commits.flatMap((commit) => committed(commit, sources)),
    ...participants(snapshot, sources),
    ...namedRequesters(snapshot, sources),
    ...attestedRequesters(snapshot).flatMap((requester) => directed(requester, sources)),
  ];
  const byPerson = Map.groupBy(parts, ({ who }) => keyOf(who));
  const all = [...byPerson.values()].flatMap((own): readonly Contributor[] => contributorOf(own, sources));
  const byId = new Map(
    all.flatMap((each) => (each.account === null ? [] : [[each.account.id, each] as const])),
  );
  const byLogin = new Map(all.flatMap((each) => loginOf(each).map((login) => [login, each] as const)));
  return {
    all,
    unknown: all.filter(({ account, login }) => account === null && login === undefined),
    find({ id, login }, requirement) {
      const found = id === null ? byLogin.get(login.toLowerCase()) : byId.get(id);
      return found !== undefined && concerns(found, requirement) ? found : undefined;
    },
  };
}

function contributorOf(
  parts: readonly [Part, ...Part[]],
  { areasOf }: ContributorSources,
): readonly Contributor[] {
  const [first] = parts;
  // Merges that changed nothing by themselves are no part beside others, and none at all.
  const telling = parts.filter(({ only }) => only === undefined || only.length > 0);
  const paths = new Set(telling.flatMap(({ only = [] }) => only));
  const isLimited = telling.every(({ only }) => only !== undefined);
  if (!isLimited) return [{ ...first.who, roles: roles(telling) }];
  if (paths.size === 0) return [];
  const areas = [...new Set([...paths].flatMap(areasOf))];
  return [{ ...first.who, roles: roles(telling), only: { areas, paths: [...paths] } }];
}

function concerns({ only }: Contributor, requirement?: Pick<Requirement, "area" | "from">): boolean {
  if (only === undefined || requirement === undefined) return true;
  return (
    only.areas.includes(requirement.area) || requirement.from.paths.some((path) => only.paths.includes(path))
  );
}

/**
 * Those of the snapshot, and the requesters whom only a tool's words or records name, as far as their accounts are known.
 * Whom nothing else tells of bears the login that stands there, as far as anybody knows.
 */
export function participantsSeen(snapshot: Snapshot, { all }: Contributors): readonly Participant[] {
  const { participants } = snapshot;
  const told = new Set([...accountsNow(snapshot), ...accountsHeardOf(snapshot)].map(({ id }) => id));
  const keyOf = (role: string, { id }: Account) => `${role} ${id}`;
  const seen = new Set(participants.map(({ role, account }) => keyOf(role, account)));
  const named = all.flatMap(({ account, roles }) =>
    roles.flatMap(({ role, because }): readonly Participant[] =>
      account === null || role !== "requester" || seen.has(keyOf(role, account))
        ? []
        : [{ account, role, because, ...(!told.has(account.id) && { presumed: true as const }) }],
    ),
  );
  return [...participants, ...named];
}

function loginOf({ account, login }: Contributor): readonly string[] {
  const known = account?.login ?? login;
  return known === undefined ? [] : [known.toLowerCase()];
}

function keyOf(who: Who): string {
  if (who.account !== null) return `id ${who.account.id}`;
  if ("login" in who) return `login ${who.login.toLowerCase()}`;
  const { name, email } = who.identity;
  return `mail ${(email || name).toLowerCase()}`;
}

function roles(parts: readonly Part[]): readonly ContributorRole[] {
  const byRole = Map.groupBy(parts, ({ role }) => role);
  return [...byRole].map(([role, own]) => ({ role, because: because(own.map(({ did }) => did)) }));
}

function because(deeds: readonly Part["did"][]): string {
  const clauses = new Set(deeds.flatMap((did) => ("clause" in did ? [did.clause] : [])));
  const byVerb = Map.groupBy(
    deeds.flatMap((did) => ("verb" in did ? [did] : [])),
    ({ verb }) => verb,
  );
  const verbs = [...byVerb].map(
    ([verb, own]) => `${verb} ${listFirst([...new Set(own.map(({ sha }) => shortSha(sha)))])}`,
  );
  // What was remembered of a commit may tell what the commit itself tells.
  return [...new Set([...clauses, ...verbs])].join(" and ");
}
