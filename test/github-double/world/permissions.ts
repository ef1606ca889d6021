import { type Account, LEVELS, type Level, type Org, type Repository, type Team } from "./model.ts";

/** The strongest of all ways somebody has into a repository. */
export function permissionIn(repo: Repository, who: Account): Level {
  if (who.deleted) return "none";
  if (repo.owner === who) return "admin";
  const granted = repo.grants.get(who) ?? "none";
  const open: Level = repo.private ? "none" : "read";
  const org = organizationOf(repo);
  if (!org) return strongest([granted, open]);
  if (org.owners.has(who)) return "admin";
  const byTeam = [...org.teams.values()]
    .filter((team) => isMember(team, who))
    .map((team) => teamPermission(repo, team));
  const asMember: Level = org.members.has(who) ? "read" : "none";
  return strongest([granted, open, asMember, ...byTeam]);
}

/** A child team has at least what its parents have. */
export function teamPermission(repo: Repository, team: Team): Level {
  const own = repo.grants.get(team) ?? team.permission;
  return team.parent ? strongest([own, teamPermission(repo, team.parent)]) : own;
}

/** Direct members and those of all child teams. */
export function allMembers(team: Team): readonly Account[] {
  const teams = [...team.org.teams.values()].filter((each) => lineage(each).includes(team));
  return [...new Set(teams.flatMap((each) => [...each.members]))];
}

export function isMember(team: Team, who: Account): boolean {
  return allMembers(team).includes(who);
}

export function atLeast(level: Level, wanted: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(wanted);
}

export function organizationOf(repo: Repository): Org | null {
  return isOrg(repo.owner) ? repo.owner : null;
}

function isOrg(account: Account): account is Org {
  return account.kind === "Organization";
}

export type Association = "OWNER" | "MEMBER" | "COLLABORATOR" | "CONTRIBUTOR" | "NONE";

export function associationOf(repo: Repository, who: Account): Association {
  if (repo.owner === who) return "OWNER";
  if (organizationOf(repo)?.members.has(who)) return "MEMBER";
  if (repo.grants.has(who)) return "COLLABORATOR";
  const merged = [...repo.pulls.values()].some((pull) => pull.author === who && pull.mergedAt !== null);
  return merged ? "CONTRIBUTOR" : "NONE";
}

function lineage(team: Team): readonly Team[] {
  return team.parent ? [team, ...lineage(team.parent)] : [team];
}

function strongest(levels: readonly Level[]): Level {
  return levels.reduce((best, level) => (atLeast(level, best) ? level : best), "none");
}
