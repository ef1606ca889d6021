import { z } from "zod";
import type { Account, Permission } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/store.ts";
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

/** What a document declares to ask for so many people, beside `$owner` and `$name`. */
export function userVariables(count: number): readonly string[] {
  return indexes(count).map((index) => `$user${index}: String!`);
}

/** The part of a document's repository that asks for their permissions. */
export function accessPart(count: number): string {
  const access = (index: number) => `
    access${index}: collaborators(login: $user${index}, first: 1) { edges { permission node { databaseId } } }`;
  return indexes(count).map(access).join("");
}

/** The part of a document that asks who they are. */
export function usersPart(count: number): string {
  return indexes(count)
    .map((index) => `user${index}: user(login: $user${index}) { id databaseId login ${STATUS_FIELD} }`)
    .join(" ");
}

export function userValues(logins: readonly string[]): Record<string, string> {
  return Object.fromEntries(logins.map((login, index) => [`user${index}`, login]));
}

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
  return logins.flatMap((login, index): readonly KnownUser[] => {
    if (unclear.includes(`user${index}`)) return [];
    const user = parsed(userAnswer, told[`user${index}`], login);
    if (!user) return [[login, "nobody"]];
    const { id: nodeId, databaseId: id, status } = user;
    const access = parsed(accessAnswer, told.repository?.[`access${index}`], `the permission of ${login}`);
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
query CountersignUsers($owner: String!, $name: String!, ${userVariables(count).join(", ")}) {
  repository(owner: $owner, name: $name, followRenames: false) { id ${accessPart(count)} }
  ${usersPart(count)}
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
    variables: { owner, name: repo, ...userValues(logins) },
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

function indexes(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
