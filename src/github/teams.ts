import { z } from "zod";
import type { OwnerRef } from "../ownership/owner.ts";
import type { Account, Team } from "../signoff/snapshot.ts";
import type { RepositoryRef } from "../store/store.ts";
import { type Caches, repositoryKey } from "./caches.ts";
import { type GitHubClient, parsed } from "./client.ts";
import { Inconsistent } from "./errors.ts";
import { graphql } from "./graphql.ts";
import { LIMITS } from "./limits.ts";
import { PAGE_FIELDS, page } from "./page.ts";

type TeamRef = Extract<OwnerRef, { kind: "team" }>;

export interface TeamsRequest {
  readonly repository: RepositoryRef;
  readonly repositoryId: number;
  readonly teams: readonly TeamRef[];
  readonly caches: Caches;
  readonly now: Date;
}

/**
 * The teams by `org/slug`, lower-cased, each with all members, those of child teams included.
 * @throws {GitHubUnavailable | GitHubProblem | Inconsistent}
 */
export async function readTeams(
  client: GitHubClient,
  request: TeamsRequest,
): Promise<Readonly<Record<string, Team>>> {
  const { repository, caches, now } = request;
  const found = new Map<string, Team>();
  const missing = new Map<string, TeamRef>();
  for (const team of request.teams) {
    const key = teamKey(team);
    const known = caches.teams.get(cacheKey(repository, key), now);
    if (known !== undefined) found.set(key, known);
    else if (team.org.toLowerCase() !== repository.owner.toLowerCase()) found.set(key, foreign(team));
    else missing.set(key, team);
  }
  const asked = [...missing.entries()];
  for (let start = 0; start < asked.length; start += LIMITS.teamsPerQuery) {
    const batch = asked.slice(start, start + LIMITS.teamsPerQuery);
    for (const [key, team] of await readBatch(client, request, batch)) {
      found.set(key, team);
      caches.teams.set(cacheKey(repository, key), team, now);
    }
  }
  return Object.fromEntries(found);
}

export function teamKey({ org, slug }: TeamRef): string {
  return `${org}/${slug}`.toLowerCase();
}

function cacheKey(repository: RepositoryRef, team: string): string {
  return `${repositoryKey(repository)} ${team}`;
}

const REPOSITORIES = `
  repositories(first: 100, query: $repo) { edges { permission node { databaseId } } }`;

const MEMBERS = `${PAGE_FIELDS} nodes { login databaseId }`;

/** A child team has its parents' permissions, so the ancestors are asked as well. */
export function teamsDocument(count: number): string {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const team = (index: number) => `
    team${index}: team(slug: $slug${index}) {
      privacy
      members(first: 100, after: $after${index}, membership: ALL) { ${MEMBERS} }
      ${REPOSITORIES}
      ancestors(first: 20) { nodes { ${REPOSITORIES} } }
    }`;
  const variables = indexes.map((index) => `$slug${index}: String!, $after${index}: String`);
  return `
query CountersignTeams($org: String!, $repo: String!, ${variables.join(", ")}) {
  organization(login: $org) { ${indexes.map(team).join("")} }
}`;
}

const repositoriesAnswer = z.object({
  edges: z.array(
    z.object({
      permission: z.enum(["ADMIN", "MAINTAIN", "WRITE", "TRIAGE", "READ"]),
      node: z.object({ databaseId: z.int() }),
    }),
  ),
});

const teamAnswer = z.object({
  privacy: z.enum(["VISIBLE", "SECRET"]),
  members: page(z.object({ login: z.string(), databaseId: z.int() })),
  repositories: repositoriesAnswer,
  ancestors: z.object({ nodes: z.array(z.object({ repositories: repositoriesAnswer })) }),
});

type TeamAnswer = z.infer<typeof teamAnswer>;

const teamsAnswer = z.object({ organization: z.record(z.string(), teamAnswer.nullable()).nullable() });

async function readBatch(
  client: GitHubClient,
  { repository, repositoryId }: TeamsRequest,
  batch: readonly (readonly [string, TeamRef])[],
): Promise<readonly (readonly [string, Team])[]> {
  const place = { org: repository.owner, repo: repository.repo };
  const read = async (teams: readonly TeamRef[], after: string | null) => {
    const variables = teams.flatMap(({ slug }, index) => [
      [`slug${index}`, slug] as const,
      [`after${index}`, after] as const,
    ]);
    const answer = await graphql(client, {
      document: teamsDocument(teams.length),
      variables: { ...place, ...Object.fromEntries(variables) },
      optional: (path) => /^organization(\.team\d+)?$/.test(path),
    });
    return parsed(teamsAnswer, answer, "teams").organization;
  };
  const organization = await read(
    batch.map(([, team]) => team),
    null,
  );
  const teams: (readonly [string, Team])[] = [];
  for (const [index, [key, ref]] of batch.entries()) {
    const answer = organization?.[`team${index}`] ?? null;
    const whole =
      answer && (await withAllMembers(answer, async (after) => (await read([ref], after))?.team0));
    teams.push([key, team(ref, whole, repositoryId)]);
  }
  return teams;
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

const MAY_WRITE: readonly string[] = ["ADMIN", "MAINTAIN", "WRITE"];

function team(ref: TeamRef, answer: TeamAnswer | null, repositoryId: number): Team {
  const name = `@${ref.org}/${ref.slug}`;
  if (answer === null) return unknown(`${name} does not exist, or the App may not see it`);
  if (answer.privacy === "SECRET") return unknown(`${name} is a secret team`);
  const lineage = [answer, ...answer.ancestors.nodes];
  const mayWrite = lineage.some(({ repositories }) =>
    repositories.edges.some(
      ({ permission, node }) => node.databaseId === repositoryId && MAY_WRITE.includes(permission),
    ),
  );
  if (!mayWrite) return unknown(`${name} has no write permission on the repository`);
  const members = answer.members.nodes.map(
    ({ login, databaseId: id }): Account => ({ id, login, type: "User" }),
  );
  return { status: "known", members };
}

function foreign({ org, slug }: TeamRef): Team {
  return unknown(`@${org}/${slug} belongs to another organization`);
}

function unknown(reason: string): Team {
  return { status: "unknown", reason };
}
