import { z } from "zod";
import { type GitHubClient, parsed, rest } from "../../github/client/client.ts";
import { NotFound } from "../../github/client/errors.ts";
import type { Account, Permission, Snapshot } from "../../signoff/snapshot.ts";
import { Failure } from "../failure.ts";

/** Somebody who is supposed to approve, with the permission that they really have. */
export interface Approver {
  readonly account: Account;
  readonly permission: Permission;
}

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

/** The snapshot as it would be if these people approved the head now. */
export function withApprovals(snapshot: Snapshot, approvers: readonly Approver[]): Snapshot {
  const { reviews, authority, now, pullRequest } = snapshot;
  const newest = Math.max(0, ...reviews.map(({ id }) => id));
  const given = approvers.map(({ account }, index) => ({
    id: newest + index + 1,
    reviewer: account,
    state: "approved" as const,
    submittedAt: now,
    commitSha: pullRequest.head.sha,
    body: "",
  }));
  const permissions = Object.fromEntries(
    approvers.map(({ account, permission }) => [account.id, permission] as const),
  );
  return {
    ...snapshot,
    reviews: [...reviews, ...given],
    authority: { ...authority, permissions: { ...authority.permissions, ...permissions } },
  };
}
