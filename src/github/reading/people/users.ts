import { z } from "zod";
import type { Account, Permission } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { aliased } from "../../client/aliased.ts";
import type { Cache } from "../../client/cache.ts";
import { repositoryKey } from "../../client/cache-keys.ts";
import { type GitHubClient, parsed } from "../../client/client.ts";
import { graphql } from "../../client/graphql.ts";
import { LIMITS } from "../../client/limits.ts";
import { STATUS_FIELD, statusAnswer } from "./availability.ts";

/** A person by login as an evaluation sees them, with the id that a review request names them by. */
export type ReadUser =
  | {
      readonly account: Account;
      /** `null` where GitHub does not tell. */
      readonly permission: Permission | null;
      readonly nodeId: string;
      /** By their own word. */
      readonly busy: boolean;
    }
  /** Nobody has that login. */
  | "nobody";

/** What is asked about people, by login: who they are, and of the repository what they may do there. */
export const USERS = aliased({
  variable: "user",
  type: "String!",
  fields: {
    user: (login) => `user(login: ${login}) { id databaseId login ${STATUS_FIELD} }`,
    access: (login) =>
      `collaborators(login: ${login}, first: 1) { edges { permission node { databaseId } } }`,
  },
});

/** Whether a fault at this path is about nothing but these people. Who does not exist is told by such a fault. */
export function isAboutUsers(path: string): boolean {
  return /^(user\d+|repository\.access\d+)\b/.test(path);
}

const userAnswer = z
  .object({ id: z.string(), databaseId: z.int(), login: z.string(), status: statusAnswer })
  .nullish();

const accessAnswer = z
  .object({
    edges: z.array(
      z.object({
        permission: z.enum(["ADMIN", "MAINTAIN", "WRITE", "TRIAGE", "READ"]),
        node: z.object({ databaseId: z.int() }),
      }),
    ),
  })
  .nullish();

const usersAnswer = z.looseObject({ repository: z.looseObject({}).nullable() });

/** A login and what was told of it. */
export type KnownUser = readonly [login: string, user: ReadUser];

/** What an answer tells of these people; of whom a fault hides (`unclear` are its paths) it tells nothing. */
export function parseUsers(
  answer: unknown,
  logins: readonly string[],
  unclear: readonly string[],
): readonly KnownUser[] {
  const told = parsed(usersAnswer, answer, "the owners");
  const permissions = new Map(USERS.answers("access", told.repository, logins));
  return USERS.answers("user", told, logins).flatMap(([login, answer], index): readonly KnownUser[] => {
    if (unclear.includes(`user${index}`)) return [];
    const user = parsed(userAnswer, answer, login);
    if (!user) return [[login, "nobody"]];
    const { id: nodeId, databaseId: id, status } = user;
    const access = parsed(accessAnswer, permissions.get(login), `the permission of ${login}`);
    const account: Account = { id, login: user.login, type: "User" };
    const busy = status?.indicatesLimitedAvailability === true;
    return [[login, { account, permission: access ? permissionIn(access, id) : null, nodeId, busy }]];
  });
}

const PERMISSIONS = {
  ADMIN: "admin",
  MAINTAIN: "maintain",
  WRITE: "write",
  TRIAGE: "triage",
  READ: "read",
} as const satisfies Record<string, Permission>;

/** Who is no collaborator may at most read what everybody may. */
function permissionIn({ edges }: NonNullable<z.infer<typeof accessAnswer>>, id: number): Permission {
  const edge = edges.find(({ node }) => node.databaseId === id);
  return edge === undefined ? "none" : PERMISSIONS[edge.permission];
}

interface UsersContext {
  readonly repository: RepositoryRef;
  readonly caches: { readonly users: Cache<ReadUser> };
  readonly now: Date;
  readonly notBefore: number;
}

/** What is known of somebody without asking. */
export function knownUser(
  { repository, caches, now, notBefore }: UsersContext,
  login: string,
): ReadUser | undefined {
  return caches.users.get(cacheKey(repository, login), now, notBefore);
}

/** Keeps what was told for the next readers. */
export function keepUsers(
  { repository, caches, now }: Omit<UsersContext, "notBefore">,
  told: readonly KnownUser[],
): void {
  for (const [login, user] of told) caches.users.set(cacheKey(repository, login), user, now);
}

/**
 * These people by login, lower-cased; those left out of whom GitHub tells nothing.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function readUsers(
  client: GitHubClient,
  context: UsersContext,
  logins: readonly string[],
): Promise<Readonly<Record<string, ReadUser>>> {
  const missing = logins.filter((login) => knownUser(context, login) === undefined);
  for (let start = 0; start < missing.length; start += LIMITS.usersPerQuery)
    keepUsers(context, await ask(client, context, missing.slice(start, start + LIMITS.usersPerQuery)));
  return Object.fromEntries(
    logins.flatMap((login) => {
      const user = knownUser(context, login);
      return user === undefined ? [] : [[login.toLowerCase(), user]];
    }),
  );
}

export function usersDocument(count: number): string {
  return `
query CountersignUsers($owner: String!, $name: String!, ${USERS.variables(count)}) {
  repository(owner: $owner, name: $name, followRenames: false) { id ${USERS.part("access", count)} }
  ${USERS.part("user", count)}
}`;
}

async function ask(
  client: GitHubClient,
  { repository: { owner, repo } }: UsersContext,
  logins: readonly string[],
): Promise<readonly KnownUser[]> {
  const unclear: string[] = [];
  const answer = await graphql(client, {
    document: usersDocument(logins.length),
    variables: { owner, name: repo, ...USERS.values(logins) },
    tolerated: ({ type, path }) => {
      if (type !== "NOT_FOUND") unclear.push(path);
      return isAboutUsers(path);
    },
  });
  return parseUsers(answer, logins, unclear);
}

function cacheKey(repository: RepositoryRef, login: string): string {
  return `${repositoryKey(repository)} ${login.toLowerCase()}`;
}
