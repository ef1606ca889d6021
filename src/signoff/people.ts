import type { Account, CommitFacts, Snapshot } from "./snapshot.ts";

/** Whether an account is a machine's; decided by id and type, never by name. */
export interface MachineList {
  machine(account: Account): { readonly kind: "agent" | "automation"; readonly name: string } | null;
}

/** The humans that the snapshot knows. */
export interface People {
  isHuman(account: Account): boolean;
  /** Humans by login. A user may bear the login that a machine shows, so only accounts of humans are searched. */
  byLogin(login: string): Account | null;
}

export function knownPeople(snapshot: Snapshot, machines: MachineList): People {
  const isHuman = (account: Account) => machines.machine(account) === null;
  const humans = accountsOf(snapshot).filter(isHuman);
  const byLogin = new Map(humans.map((account) => [account.login.toLowerCase(), account]));
  return { isHuman, byLogin: (login) => byLogin.get(login.toLowerCase()) ?? null };
}

function accountsOf({
  pullRequest,
  commits,
  reviews,
  participants,
  authority,
}: Snapshot): readonly Account[] {
  const members = Object.values(authority.teams).flatMap((team) =>
    team.status === "known" ? team.members : [],
  );
  return [
    pullRequest.author,
    ...commits.flatMap(accountsOfCommit),
    ...reviews.flatMap(({ reviewer, dismissal }) => [reviewer, dismissal?.by ?? null]),
    ...participants.map(({ account }) => account),
    ...members,
  ].filter((account) => account !== null);
}

function accountsOfCommit({ author, committer, coAuthors }: CommitFacts): readonly (Account | null)[] {
  return [author, committer, ...coAuthors].map(({ account }) => account);
}
