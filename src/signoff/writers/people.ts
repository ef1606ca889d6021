import { AUTOMATION } from "../../provenance/catalogue/automation.ts";
import type { Tool } from "../../provenance/tool/tool.ts";
import type { Account, CommitFacts, Snapshot } from "../snapshot.ts";
import type { Signer } from "../verdict.ts";

/** Whether an account is a machine's; decided by id and type, never by name. */
export interface MachineList {
  machine(account: Account): { readonly kind: "agent" | "automation"; readonly name: string } | null;
}

/** The humans that the snapshot knows. */
export interface People {
  isHuman(account: Account): boolean;
  /** Humans by login. A user may bear the login that a machine shows, so only accounts of humans are searched. */
  byLogin(login: string): Account | null;
  /** Whether GitHub says that nobody has that login. */
  isNobodys(login: string): boolean;
  /** The person of that login, who may be known by it alone; `null` for a machine's and where there is nobody. */
  called(login: string): Signer | null;
}

/** An id that no account has, to ask about a login alone. */
const NOBODY = 0;

/** `tools` are those that the machines were told apart by. */
export function knownPeople(snapshot: Snapshot, machines: MachineList, tools: readonly Tool[]): People {
  const isHuman = (account: Account) => machines.machine(account) === null;
  const humans = accountsOf(snapshot).filter(isHuman);
  const byLogin = new Map(humans.map((account) => [account.login.toLowerCase(), account]));
  const machineLogins = loginsOfMachines(tools);
  const users = new Map(Object.entries(snapshot.authority.users ?? {}));
  const listed = new Map(snapshot.recorded.accounts.map(({ login, id }) => [login, id]));
  /** By id where the login was noted, so that whoever took the name since is somebody else. */
  const userOf = (login: string): Account | null | undefined => {
    const id = listed.get(login.toLowerCase());
    if (id === undefined) return users.get(login.toLowerCase());
    return humans.findLast((account) => account.id === id) ?? { id, login, type: "User" };
  };
  return {
    isHuman,
    byLogin: (login) => byLogin.get(login.toLowerCase()) ?? null,
    isNobodys: (login) => userOf(login) === null,
    called(login) {
      const name = login.toLowerCase();
      const told = userOf(login);
      const account = told === undefined ? byLogin.get(name) : told;
      if (account !== undefined) return account !== null && isHuman(account) ? account : null;
      if (machineLogins.has(name)) return null;
      return isHuman({ id: NOBODY, login, type: "User" }) ? { id: null, login } : null;
    },
  };
}

/**
 * The logins of users who are known to be machines, lower-cased. What an account is its id decides; where there is no
 * account to look at, a login like this is at least nobody to wait for.
 */
function loginsOfMachines(tools: readonly Tool[]): ReadonlySet<string> {
  const accounts = tools.flatMap(({ signals }) => signals.filter((each) => each.kind === "account"));
  const users = [...accounts, ...AUTOMATION].filter(({ type }) => type === "User");
  return new Set(users.map(({ login }) => login.toLowerCase()));
}

/** Every account that the snapshot tells of: last those by the logins that they bear now. */
function accountsOf(snapshot: Snapshot): readonly Account[] {
  return [...accountsHeardOf(snapshot), ...accountsNow(snapshot)];
}

/** By the logins that GitHub told of them in this reading. */
export function accountsNow({ pullRequest, commits, reviews, authority }: Snapshot): readonly Account[] {
  const members = Object.values(authority.teams).flatMap((team) =>
    team.status === "known" ? team.members : [],
  );
  return [
    pullRequest.author,
    ...commits.flatMap(accountsOfCommit),
    ...reviews.flatMap(({ reviewer, dismissal }) => [reviewer, dismissal?.by ?? null]),
    ...members,
    ...Object.values(authority.users ?? {}),
  ].filter((account) => account !== null);
}

/**
 * By logins that they may have borne long ago. Who is known by an address alone is none of them: anybody can write any
 * login into one.
 */
export function accountsHeardOf({ participants, recorded }: Snapshot): readonly Account[] {
  return [...participants, ...recorded.commits.flatMap((commit) => commit.participants)]
    .filter(({ role, presumed, identity }) => !identity && (role !== "requester" || presumed !== true))
    .map(({ account }) => account);
}

function accountsOfCommit({ author, committer, coAuthors }: CommitFacts): readonly (Account | null)[] {
  return [author, committer, ...coAuthors].map(({ account }) => account);
}
