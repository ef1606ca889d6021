import { z } from "zod";
import type { OwnerRef } from "../../../ownership/owner.ts";
import type { Account, Team } from "../../../signoff/snapshot.ts";
import { PAGE_FIELDS, page } from "../../client/page.ts";
import { STATUS_FIELD, statusAnswer } from "./availability.ts";

export type TeamRef = Extract<OwnerRef, { kind: "team" }>;

/** A team as an evaluation sees it, with the id that a review request names it by; `null` where nobody is there. */
export interface ReadTeam {
  readonly team: Team;
  readonly nodeId: string | null;
  /** Ids of members who say that they are busy. */
  readonly busy: readonly number[];
}

/** The same for every spelling of one team. */
export function teamKey({ org, slug }: TeamRef): string {
  return `${org}/${slug}`.toLowerCase();
}

const REPOSITORIES = `
  repositories(first: 100, query: $name) { pageInfo { hasNextPage } edges { permission node { databaseId } } }`;

const MEMBERS = `${PAGE_FIELDS} nodes { login databaseId ${STATUS_FIELD} }`;

function indexes(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** What a document declares to ask for so many teams, beside `$owner` and `$name`. */
export function teamVariables(count: number): string {
  return indexes(count)
    .map((index) => `$slug${index}: String!, $after${index}: String`)
    .join(", ");
}

/**
 * The part of a document that asks for so many teams; nothing for none. A child team has its parents' permissions,
 * so the ancestors are asked as well.
 */
export function teamsPart(count: number): string {
  if (count === 0) return "";
  const team = (index: number) => `
    team${index}: team(slug: $slug${index}) {
      id
      privacy
      members(first: 100, after: $after${index}, membership: ALL) { ${MEMBERS} }
      ${REPOSITORIES}
      ancestors(first: 20) { nodes { ${REPOSITORIES} } }
    }`;
  return `organization(login: $owner) { ${indexes(count).map(team).join("")} }`;
}

/** The values of those variables, each team from the page after the cursor. */
export function teamValues(teams: readonly TeamRef[], after: string | null): Record<string, string | null> {
  return Object.fromEntries(
    teams.flatMap(({ slug }, index) => [
      [`slug${index}`, slug],
      [`after${index}`, after],
    ]),
  );
}

/** Those of like name: GitHub looks for no exact one. */
const repositoriesAnswer = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean() }),
  edges: z.array(
    z.object({
      permission: z.enum(["ADMIN", "MAINTAIN", "WRITE", "TRIAGE", "READ"]),
      node: z.object({ databaseId: z.int() }),
    }),
  ),
});

const teamAnswer = z.object({
  id: z.string(),
  privacy: z.enum(["VISIBLE", "SECRET"]),
  members: page(z.object({ login: z.string(), databaseId: z.int(), status: statusAnswer })),
  repositories: repositoriesAnswer,
  ancestors: z.object({ nodes: z.array(z.object({ repositories: repositoriesAnswer })) }),
});

export type TeamAnswer = z.infer<typeof teamAnswer>;

/** `null` for an account that is no organization. */
export const organizationAnswer = z.record(z.string(), teamAnswer.nullable()).nullable();

const MAY_WRITE: readonly string[] = ["ADMIN", "MAINTAIN", "WRITE"];

/** Whether a team or one above it may write; `null` where the answer ends before it tells. */
export function mayWrite(answer: TeamAnswer, repositoryId: number): boolean | null {
  const lineage = [answer, ...answer.ancestors.nodes];
  const may = lineage.some(({ repositories }) =>
    repositories.edges.some(
      ({ permission, node }) => node.databaseId === repositoryId && MAY_WRITE.includes(permission),
    ),
  );
  const isCut = lineage.some(({ repositories }) => repositories.pageInfo.hasNextPage);
  return may || (isCut ? null : false);
}

/** What an answer with all members says of a team. */
export function readTeam(answer: TeamAnswer | null, writes: boolean): ReadTeam {
  const members = answer?.members.nodes ?? [];
  return {
    team: team(answer, writes),
    nodeId: answer?.id ?? null,
    busy: members.flatMap(({ databaseId, status }) =>
      status?.indicatesLimitedAvailability ? [databaseId] : [],
    ),
  };
}

function team(answer: TeamAnswer | null, writes: boolean): Team {
  if (answer === null) return unknown("does not exist, or the App may not see it");
  if (answer.privacy === "SECRET") return unknown("is a secret team");
  if (!writes) return unknown("has no write permission on the repository");
  const members = answer.members.nodes.map(
    ({ login, databaseId: id }): Account => ({ id, login, type: "User" }),
  );
  return { status: "known", members };
}

/** A team that is not asked about: nobody signs for another organization. */
export const FOREIGN_TEAM: ReadTeam = {
  team: unknown("belongs to another organization"),
  nodeId: null,
  busy: [],
};

function unknown(reason: string): Team {
  return { status: "unknown", reason };
}
