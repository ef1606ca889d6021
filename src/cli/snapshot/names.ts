import type { Detector } from "../../provenance/detector.ts";
import type { Account, GitIdentity, Snapshot } from "../../signoff/snapshot.ts";

/** Replaces people, teams and organizations by pseudonyms, the same one for the same name throughout. */
export interface Names {
  account(account: Account): Account;
  identity(identity: GitIdentity): GitIdentity;
  id(id: number): number;
  login(login: string): string;
  organization(login: string): string;
  /** `org/slug`. */
  team(name: string): string;
  /** Replaces the people that the snapshot knows. */
  text(text: string): string;
  /** Replaces every mention and e-mail address too, as in CODEOWNERS. */
  owners(text: string): string;
}

const NOREPLY = /^(\d+)\+([^@]+)@users\.noreply\.github\.com$/i;
const ADDRESS = String.raw`[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+`;
const MENTION = String.raw`(?<![\w.+-])@[a-z\d][\w-]*(?:\[bot\]|/[\w.-]+)?`;
const NAMED = new RegExp(`${ADDRESS}|${MENTION}`, "gi");
const SHORTEST_NAME = 3;

/** Machines keep their names, by which they are recognised. */
export function createNames(snapshot: Snapshot, detector: Detector): Names {
  const people = new Numbered();
  const organizations = new Numbered();
  const teams = new Numbered();
  /** Logins and display names as people write them, lower-cased. */
  const written = new Map<string, string>();
  const isMachine = (account: Account) => account.type === "Bot" || detector.machine(account) !== null;
  const machines = accountsIn(snapshot).filter(isMachine);

  const names: Names = {
    account(account) {
      if (isMachine(account)) return account;
      const number = people.of(`id ${account.id}`, `login ${account.login.toLowerCase()}`);
      return { id: number, login: `person-${number}`, type: account.type };
    },
    identity(identity) {
      const { name, email, account } = identity;
      const machine = account === null ? detector.identity(identity) !== "person" : isMachine(account);
      if (machine || isGitHub(identity)) return identity;
      const [, id, login] = NOREPLY.exec(email) ?? [];
      const keys = [
        ...(account === null ? [] : [`id ${account.id}`, `login ${account.login.toLowerCase()}`]),
        ...(id === undefined || login === undefined ? [] : [`id ${id}`, `login ${login.toLowerCase()}`]),
      ];
      const number = people.of(...keys, `mail ${(email || name).toLowerCase()}`);
      const person = `person-${number}`;
      const address =
        id === undefined ? `${person}@redacted.invalid` : `${number}+${person}@users.noreply.github.com`;
      return { name: person, email: address, account: account && names.account(account) };
    },
    id: (id) => (machines.some((machine) => machine.id === id) ? id : people.of(`id ${id}`)),
    login(login) {
      const name = login.toLowerCase();
      const isKept =
        name.endsWith("[bot]") || machines.some((machine) => machine.login.toLowerCase() === name);
      return isKept ? login : `person-${people.of(`login ${name}`)}`;
    },
    organization: (login) => `org-${organizations.of(login.toLowerCase())}`,
    team(name) {
      const [organization = "", slug = ""] = name.split("/");
      return `${names.organization(organization)}/team-${teams.of(slug.toLowerCase())}`;
    },
    text(text) {
      const known = text.replace(NAMED, (found) => (isKnown(found) ? renamed(found) : found));
      const words = [...written.keys()].toSorted((one, other) => other.length - one.length);
      if (words.length === 0) return known;
      const any = new RegExp(`(?<![\\w-])(?:${words.map(escaped).join("|")})(?![\\w-])`, "gi");
      return known.replace(any, (found) => written.get(found.toLowerCase()) ?? found);
    },
    owners: (text) => names.text(text.replace(NAMED, renamed)),
  };

  function isKnown(found: string): boolean {
    return found.startsWith("@")
      ? people.has(`login ${found.slice(1).toLowerCase()}`)
      : people.has(`mail ${found.toLowerCase()}`);
  }

  function renamed(found: string): string {
    if (!found.startsWith("@")) return `person-${people.of(`mail ${found.toLowerCase()}`)}@redacted.invalid`;
    return `@${found.includes("/") ? names.team(found.slice(1)) : names.login(found.slice(1))}`;
  }

  // In the order of their ids, by which verdicts list people.
  const accounts = accountsIn(snapshot).toSorted((one, other) => one.id - other.id);
  for (const account of accounts) remember(account.login, names.account(account).login);
  for (const identity of identitiesIn(snapshot)) remember(identity.name, names.identity(identity).name);

  function remember(name: string, pseudonym: string): void {
    if (name !== pseudonym && name.length >= SHORTEST_NAME) written.set(name.toLowerCase(), pseudonym);
  }

  return names;
}

/** Numbers from 1 on, the same one for all keys of one thing. */
class Numbered {
  readonly #numbers = new Map<string, number>();
  #last = 0;

  of(...keys: readonly string[]): number {
    const known = keys.map((key) => this.#numbers.get(key)).find((number) => number !== undefined);
    const number = known ?? ++this.#last;
    for (const key of keys) this.#numbers.set(key, number);
    return number;
  }

  has(key: string): boolean {
    return this.#numbers.has(key);
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** The committer of what is edited or merged on GitHub's pages. */
function isGitHub({ email, account }: GitIdentity): boolean {
  return account === null && email === "noreply@github.com";
}

function accountsIn({
  pullRequest,
  commits,
  reviews,
  participants,
  authority,
  recorded,
}: Snapshot): readonly Account[] {
  return [
    pullRequest.author,
    pullRequest.editedBy ?? null,
    ...commits.flatMap(({ author, committer, coAuthors }) =>
      [author, committer, ...coAuthors].map(({ account }) => account),
    ),
    ...reviews.flatMap(({ reviewer, dismissal, editedBy = null }) => [
      reviewer,
      dismissal?.by ?? null,
      editedBy,
    ]),
    ...participants.map(({ account }) => account),
    ...recorded.refusals.map(({ by }) => by),
    ...(recorded.overrides ?? []).map(({ by }) => by),
    ...[
      ...(recorded.freezes?.frozen ?? []),
      ...(recorded.freezes?.lifts ?? []),
      ...(recorded.freezes?.thawed ?? []),
    ].map(({ by }) => by),
    ...recorded.accounts.map((listed) => ({ ...listed, type: "User" }) as const),
    ...recorded.commits.flatMap((commit) => commit.participants.map(({ account }) => account)),
    ...Object.values(authority.teams).flatMap((team) => (team.status === "known" ? team.members : [])),
    ...Object.values(authority.users ?? {}),
  ].filter((account) => account !== null);
}

function identitiesIn({ commits }: Snapshot): readonly GitIdentity[] {
  return commits.flatMap(({ author, committer, coAuthors }) => [author, committer, ...coAuthors]);
}
