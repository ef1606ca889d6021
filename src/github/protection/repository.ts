import { z } from "zod";
import { parsed, rest } from "../client/client.ts";
import { headersOf } from "../client/errors.ts";
import type { Asker } from "./ask.ts";
import { reading } from "./rights.ts";

const repositoryAnswer = z.object({
  id: z.int(),
  name: z.string(),
  owner: z.object({ login: z.string(), type: z.string() }),
  default_branch: z.string(),
  permissions: z.object({ admin: z.boolean() }).optional(),
});

export interface ReadRepository {
  readonly id: number;
  /** As GitHub spells them. */
  readonly owner: string;
  readonly name: string;
  readonly ownedBy: "user" | "organization";
  readonly defaultBranch: string;
  /** Whether the token's person administers it. */
  readonly administrates: boolean;
  /** Whether the token sees all that its person sees: a classic one with the scope for it. */
  readonly seesAll: boolean;
}

/** @throws {NotFound | GitHubUnavailable | GitHubProblem} */
export async function readRepository({ client, owner, repo }: Asker): Promise<ReadRepository> {
  const { headers, data } = await rest(client, {
    route: "GET /repos/{owner}/{repo}",
    parameters: { owner, repo },
    need: reading({ owner, repo }),
    absent: "not-there",
  });
  const answer = parsed(repositoryAnswer, data, `${owner}/${repo}`);
  const scopes = (headersOf({ headers })["x-oauth-scopes"] ?? "").split(/, */);
  return {
    id: answer.id,
    owner: answer.owner.login,
    name: answer.name,
    ownedBy: answer.owner.type === "Organization" ? "organization" : "user",
    defaultBranch: answer.default_branch,
    administrates: answer.permissions?.admin === true,
    seesAll: scopes.includes("repo"),
  };
}
