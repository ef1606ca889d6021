import { z } from "zod";
import { type GitHubClient, parsed, rest } from "../../github/client/client.ts";
import { NotFound } from "../../github/client/errors.ts";
import type { Approver } from "../../signoff/what-if.ts";
import { Failure } from "../failure.ts";

const permissionAnswer = z.object({
  permission: z.enum(["admin", "write", "read", "none"]),
  user: z
    .object({
      id: z.int(),
      login: z.string(),
      type: z.enum(["User", "Bot", "Mannequin", "Organization"]),
    })
    .nullable(),
});

/** @throws {Failure | GitHubUnavailable | GitHubProblem} */
export async function readApprover(
  client: GitHubClient,
  { owner, repo }: { readonly owner: string; readonly repo: string },
  login: string,
): Promise<Approver> {
  const call = {
    route: "GET /repos/{owner}/{repo}/collaborators/{login}/permission",
    parameters: { owner, repo, login },
    need: "Metadata: read",
    absent: "not-there",
  } as const;
  const { data } = await rest(client, call).catch((error: unknown) => {
    throw error instanceof NotFound ? nobody(login) : error;
  });
  const { permission, user } = parsed(permissionAnswer, data, `the permission of ${login}`);
  if (user === null) throw nobody(login);
  return { account: user, permission };
}

function nobody(login: string): Failure {
  return new Failure(`--approved-by: @${login} does not exist on GitHub`);
}
