import type { Account, Permission, Snapshot } from "./snapshot.ts";

/** Somebody who is supposed to approve. */
export interface Approver {
  readonly account: Account;
  /** What they may really do; left out where the snapshot says it, as far as anybody knows. */
  readonly permission?: Permission;
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
    approvers.flatMap(({ account, permission }) =>
      permission === undefined ? [] : [[account.id, permission] as const],
    ),
  );
  return {
    ...snapshot,
    reviews: [...reviews, ...given],
    authority: { ...authority, permissions: { ...authority.permissions, ...permissions } },
  };
}

/** Those of whom the snapshot knows the account behind a login; and the logins of nobody whom it knows. */
export function knownAmong(
  { authority, reviews }: Pick<Snapshot, "authority" | "reviews">,
  logins: readonly string[],
): { readonly known: readonly Account[]; readonly unknown: readonly string[] } {
  const teams = Object.values(authority.teams).flatMap((team) =>
    team.status === "known" ? team.members : [],
  );
  const users = Object.values(authority.users ?? {});
  const accounts = [...users, ...teams, ...reviews.map(({ reviewer }) => reviewer)];
  const byLogin = new Map(accounts.flatMap((account) => (account ? [[key(account.login), account]] : [])));
  return {
    known: logins.flatMap((login) => byLogin.get(key(login)) ?? []),
    unknown: logins.filter((login) => !byLogin.has(key(login))),
  };
}

function key(login: string): string {
  return login.toLowerCase();
}
