import { z } from "zod";
import type { Account } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { type GitHubClient, parsed, rest } from "../../client/client.ts";
import { NotFound } from "../../client/errors.ts";
import { askRole } from "./permissions.ts";

/** What somebody may see: `maintain` also how the repository is set up. */
export type Access = "none" | "read" | "write" | "maintain";

const repositoryAnswer = z.object({ id: z.int(), private: z.boolean() });

const MAINTAINERS: ReadonlySet<string> = new Set(["admin", "maintain"]);

/**
 * What somebody may see of a repository, asked anew. GitHub says that everybody may read a public one: there, only those
 * who may write or belong to the organization may see what we know of it. "none" where the name is another repository's by now.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function askAccess(
  client: GitHubClient,
  { owner, repo, repositoryId }: RepositoryRef,
  person: Pick<Account, "id" | "login">,
): Promise<Access> {
  const isPrivate = await privacy(client, { owner, repo, repositoryId });
  if (isPrivate === null) return "none";
  const { permission, role } = await askRole(client, { owner, repo }, person);
  if (permission === "admin" || MAINTAINERS.has(role)) return "maintain";
  if (permission === "write") return "write";
  if (permission !== "read") return "none";
  return isPrivate || (await isMember(client, owner, person.login)) ? "read" : "none";
}

type Named = Pick<RepositoryRef, "owner" | "repo" | "repositoryId">;

/** `null` where it is not there, or another one is. */
async function privacy(client: GitHubClient, { owner, repo, repositoryId }: Named): Promise<boolean | null> {
  try {
    const { data } = await rest(client, {
      route: "GET /repos/{owner}/{repo}",
      parameters: { owner, repo },
      need: "Metadata: read",
      absent: "not-there",
    });
    const found = parsed(repositoryAnswer, data, `the repository ${owner}/${repo}`);
    return found.id === repositoryId ? found.private : null;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

/** A person's own repositories have no members. */
async function isMember(client: GitHubClient, org: string, login: string): Promise<boolean> {
  try {
    await rest(client, {
      route: "GET /orgs/{org}/members/{login}",
      parameters: { org, login },
      need: "Members: read",
      absent: "not-there",
    });
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}
