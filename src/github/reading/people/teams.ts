import { z } from "zod";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import { repositoryKey } from "../../client/cache-keys.ts";
import { type GitHubClient, parsed, rest } from "../../client/client.ts";
import { Inconsistent, NotFound } from "../../client/errors.ts";
import { graphql } from "../../client/graphql.ts";
import { LIMITS } from "../../client/limits.ts";
import { isAboutStatus } from "./availability.ts";
import {
  FOREIGN_TEAM,
  mayWrite,
  organizationAnswer,
  type ReadTeam,
  readTeam,
  type TeamAnswer,
  type TeamRef,
  teamKey,
  teamsPart,
  teamsTold,
  teamValues,
  teamVariables,
} from "./team-answer.ts";

/** What is asked, or was answered, of the teams around one repository. */
interface TeamsContext {
  readonly repository: RepositoryRef;
  readonly repositoryId: number;
  readonly caches: { readonly teams: Cache<ReadTeam> };
  readonly now: Date;
  readonly notBefore: number;
}

export interface TeamsRequest extends TeamsContext {
  readonly teams: readonly TeamRef[];
}

/** Teams that were asked about in another document, each with the first page of its members. */
export type KnownTeams = readonly (readonly [TeamRef, TeamAnswer | null])[];

/**
 * The teams by `org/slug`, lower-cased, each with all members, those of child teams included.
 * @throws {GitHubUnavailable | GitHubProblem | Inconsistent}
 */
export async function readTeams(
  client: GitHubClient,
  request: TeamsRequest,
): Promise<Readonly<Record<string, ReadTeam>>> {
  const found = new Map<string, ReadTeam>();
  const missing: TeamRef[] = [];
  for (const team of request.teams) {
    const known = knownTeam(request, team);
    if (known === undefined) missing.push(team);
    else found.set(teamKey(team), known);
  }
  for (let start = 0; start < missing.length; start += LIMITS.teamsPerQuery) {
    const batch = missing.slice(start, start + LIMITS.teamsPerQuery);
    const organization = await ask(client, request.repository, { teams: batch, after: null });
    const told = teamsTold(organization, batch);
    for (const [key, team] of await keepTeams(client, request, told)) found.set(key, team);
  }
  return Object.fromEntries(found);
}

/** What is known of a team without asking: what was told lately, or that it belongs to another organization. */
export function knownTeam(
  { repository, caches, now, notBefore }: Pick<TeamsContext, "repository" | "caches" | "now" | "notBefore">,
  team: TeamRef,
): ReadTeam | undefined {
  const known = caches.teams.get(cacheKey(repository, team), now, notBefore);
  if (known !== undefined) return known;
  return team.org.toLowerCase() === repository.owner.toLowerCase() ? undefined : FOREIGN_TEAM;
}

/**
 * Reads what was told of teams to the end, and keeps it for the next readers.
 * @throws {GitHubUnavailable | GitHubProblem | Inconsistent}
 */
export async function keepTeams(
  client: GitHubClient,
  { repository, repositoryId, caches, now }: TeamsContext,
  told: KnownTeams,
): Promise<readonly (readonly [string, ReadTeam])[]> {
  const kept: (readonly [string, ReadTeam])[] = [];
  for (const [ref, answer] of told) {
    const next = async (after: string | null) =>
      (await ask(client, repository, { teams: [ref], after }))?.team0;
    const writes =
      answer !== null && (mayWrite(answer, repositoryId) ?? (await asksAccess(client, repository, ref)));
    const team = readTeam(answer && (await withAllMembers(answer, next)), writes);
    caches.teams.set(cacheKey(repository, ref), team, now);
    kept.push([teamKey(ref), team]);
  }
  return kept;
}

function cacheKey(repository: RepositoryRef, team: TeamRef): string {
  return `${repositoryKey(repository)} ${teamKey(team)}`;
}

export function teamsDocument(count: number): string {
  return `
query CountersignTeams($owner: String!, $name: String!, ${teamVariables(count)}) { ${teamsPart(count)} }`;
}

const teamsAnswer = z.object({ organization: organizationAnswer });

async function ask(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  { teams, after }: { readonly teams: readonly TeamRef[]; readonly after: string | null },
) {
  const answer = await graphql(client, {
    document: teamsDocument(teams.length),
    variables: { owner, name: repo, ...teamValues(teams, after) },
    tolerated: ({ type, path }) =>
      isAboutStatus(path) || (type === "NOT_FOUND" && /^organization(\.team\d+)?$/.test(path)),
  });
  return parsed(teamsAnswer, answer, "teams").organization;
}

const accessAnswer = z.object({ permissions: z.object({ push: z.boolean() }) });

/** Of one repository alone, by its exact name. What a team has from those above it counts. */
async function asksAccess(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  { org, slug }: TeamRef,
): Promise<boolean> {
  try {
    const { data } = await rest(client, {
      route: "GET /orgs/{org}/teams/{slug}/repos/{owner}/{repo}",
      parameters: {
        org,
        slug,
        owner,
        repo,
        headers: { accept: "application/vnd.github.v3.repository+json" },
      },
      need: "Members: read",
      absent: "not-there",
    });
    return parsed(accessAnswer, data, `the access of the team ${org}/${slug}`).permissions.push;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

async function withAllMembers(
  answer: TeamAnswer,
  next: (after: string | null) => Promise<TeamAnswer | null | undefined>,
): Promise<TeamAnswer> {
  let { members } = answer;
  while (members.pageInfo.hasNextPage) {
    const more = (await next(members.pageInfo.endCursor))?.members;
    if (more === undefined || more.nodes.length === 0) throw new Inconsistent("the members of a team");
    members = { ...more, nodes: [...members.nodes, ...more.nodes] };
  }
  return { ...answer, members };
}
