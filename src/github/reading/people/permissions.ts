import { z } from "zod";
import type { Account, Participant, Permission } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import { repositoryKey } from "../../client/cache-keys.ts";
import { type GitHubClient, parsed, rest } from "../../client/client.ts";
import { NotFound } from "../../client/errors.ts";
import { account } from "./actor.ts";
import type { Dismissal, ReviewAnswer } from "./reviews.ts";

export interface PermissionsRequest {
  readonly repository: RepositoryRef;
  readonly opinions: {
    readonly reviews: readonly ReviewAnswer[];
    readonly dismissals: readonly Dismissal[];
  };
  readonly caches: { readonly permissions: Cache<Permission> };
  readonly now: Date;
  readonly notBefore: number;
}

/**
 * What each person whose word may decide can do now, by account id: who approved or refused, and who dismissed a
 * refusal. A review itself tells of write access; only who seems to have none is asked about.
 */
export async function readPermissions(
  client: GitHubClient,
  request: PermissionsRequest,
): Promise<Readonly<Record<number, Permission>>> {
  const { reviews, dismissals } = request.opinions;
  const opinions = reviews.filter(({ state }) => state !== "COMMENTED" && state !== "PENDING");
  const writers = new Set(
    opinions
      .filter(({ authorCanPushToRepository }) => authorCanPushToRepository)
      .map(({ author }) => account(author)?.id),
  );
  const people = [
    ...opinions.map(({ author }) => account(author)),
    ...dismissals.filter(({ previously }) => previously === "changes_requested").map(({ by }) => by),
  ].filter((one) => one !== null);
  const permissions: Record<number, Permission> = {};
  for (const { id, login, type } of new Map(people.map((one) => [one.id, one])).values())
    if (type === "User")
      permissions[id] = writers.has(id) ? "write" : await readPermission(client, request, { id, login });
  return permissions;
}

type Person = Pick<Account, "id" | "login">;

const WRITERS: ReadonlySet<Permission> = new Set(["write", "maintain", "admin"]);

/** Whether somebody is known to have write permission. */
export function mayWrite(
  permissions: Readonly<Record<number, Permission>>,
  { id }: Pick<Account, "id">,
): boolean {
  return WRITERS.has(permissions[id] ?? "none");
}

/** Whether somebody has write permission. What GitHub calls an author's association does not tell. */
export async function readsOnly(
  client: GitHubClient,
  request: Omit<PermissionsRequest, "opinions">,
  person: Person,
): Promise<boolean> {
  return !WRITERS.has(await readPermission(client, request, person));
}

const permissionAnswer = z.object({
  permission: z.enum(["admin", "write", "read", "none"]),
  role_name: z.string().optional(),
  user: z.object({ id: z.int() }).nullable(),
});

async function readPermission(
  client: GitHubClient,
  { repository, caches, now, notBefore }: Omit<PermissionsRequest, "opinions">,
  { id, login }: Person,
): Promise<Permission> {
  const key = `${repositoryKey(repository)} ${id}`;
  const known = caches.permissions.get(key, now, notBefore);
  if (known !== undefined) return known;
  const permission = await askPermission(client, repository, { id, login });
  caches.permissions.set(key, permission, now);
  return permission;
}

/** What somebody may do now, asked anew; "none" where the login is somebody else's by now. */
export async function askPermission(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  { id, login }: Person,
): Promise<Permission> {
  return (await askRole(client, { owner, repo }, { id, login })).permission;
}

/** The same with the name of the role that somebody has, which may be one that the organization made. */
export async function askRole(
  client: GitHubClient,
  { owner, repo }: Pick<RepositoryRef, "owner" | "repo">,
  { id, login }: Person,
): Promise<{ readonly permission: Permission; readonly role: string }> {
  try {
    const { data } = await rest(client, {
      route: "GET /repos/{owner}/{repo}/collaborators/{login}/permission",
      parameters: { owner, repo, login },
      need: "Metadata: read",
      absent: "not-there",
    });
    const {
      permission,
      role_name: role,
      user,
    } = parsed(permissionAnswer, data, `the permission of ${login}`);
    // A login may have passed to somebody else since it was seen.
    if (user?.id === id) return { permission, role: role ?? permission };
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
  return { permission: "none", role: "none" };
}

/** Those who may write: of others nothing is counted, whatever part they took. */
export function writersAmong(
  participants: readonly Participant[] = [],
  permissions: Readonly<Record<number, Permission>>,
): readonly Participant[] {
  return participants.filter(({ account }) => mayWrite(permissions, account));
}

/** What some people may do now, by account id, each asked by the login that they bore when they were heard. */
export async function permissionsOfSpeakers(
  client: GitHubClient,
  request: Omit<PermissionsRequest, "opinions">,
  speakers: readonly Account[],
): Promise<Readonly<Record<number, Permission>>> {
  const permissions: Record<number, Permission> = {};
  for (const { id, login } of new Map(speakers.map((one) => [one.id, one])).values())
    permissions[id] = await readPermission(client, request, { id, login });
  return permissions;
}

/** The people who may write and whose word can let a change through: by an approval, or by lifting a refusal. */
export function decidersIn(
  { reviews, dismissals }: PermissionsRequest["opinions"],
  permissions: Readonly<Record<number, Permission>>,
): readonly Account[] {
  const people = [
    ...reviews.flatMap(({ state, author }) => (state === "APPROVED" ? [account(author)] : [])),
    ...dismissals.flatMap(({ previously, by }) => (previously === "changes_requested" ? [by] : [])),
  ];
  const deciders = people.filter((one) => one?.type === "User" && mayWrite(permissions, one));
  return [...new Map(deciders.flatMap((one) => (one === null ? [] : [[one.id, one] as const]))).values()];
}
