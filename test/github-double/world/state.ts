import type { Transition, WorldEvent } from "./events.ts";
import type { Account, App, Installation, Org, Repository } from "./model.ts";
import { Registrations } from "./registrations.ts";

type NewAccount = Pick<Account, "kind" | "login" | "restLogin"> & {
  readonly id?: number;
  readonly name?: string;
  readonly email?: string;
  readonly appSlug?: string;
};

export interface UserToken {
  readonly account: Account;
  /** Of a classic token; `null` for a fine-grained one. */
  readonly scopes: readonly string[] | null;
  /** Of a fine-grained token; `null` for a classic one. */
  readonly permissions: Readonly<Record<string, "read" | "write">> | null;
}

/** All that exists. Actions change it and announce what they did. */
export class State {
  /** Scheme, host and port people and API clients reach the double at. */
  origin = "http://127.0.0.1";
  readonly accounts = new Map<number, Account>();
  readonly orgs = new Map<string, Org>();
  readonly repositories = new Map<string, Repository>();
  readonly apps = new Map<number, App>();
  readonly installations = new Map<number, Installation>();
  /** Personal tokens, by token. */
  readonly userTokens = new Map<string, UserToken>();
  readonly transitions: Transition[] = [];
  readonly registrations = new Registrations();
  /** Where repositories were found before they were renamed or transferred, or their owner was renamed. */
  readonly #formerNames = new Map<string, Repository>();
  readonly #clock: () => Date;
  readonly #listeners: ((event: WorldEvent) => void)[] = [];
  #lastId = 1000;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** GitHub's timestamps have whole seconds. */
  now(): string {
    return `${this.#clock().toISOString().slice(0, 19)}Z`;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  listen(listener: (event: WorldEvent) => void): void {
    this.#listeners.push(listener);
  }

  announce(event: WorldEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  repository(owner: string, name: string): Repository | undefined {
    return this.repositories.get(`${owner}/${name}`.toLowerCase());
  }

  /** The repository that had this name last, if nothing new took it. */
  formerly(owner: string, name: string): Repository | undefined {
    return this.#formerNames.get(`${owner}/${name}`.toLowerCase());
  }

  /** Makes a repository known under the name it has; a name it is known under leads on to it. */
  place(repo: Repository): void {
    const key = `${repo.owner.login}/${repo.name}`.toLowerCase();
    if (this.repositories.has(key)) throw new Error(`${key} exists already`);
    const former = [...this.repositories].find(([, each]) => each === repo)?.[0];
    if (former !== undefined) {
      this.repositories.delete(former);
      this.#formerNames.set(former, repo);
    }
    this.repositories.set(key, repo);
    this.#formerNames.delete(key);
  }

  /** Forgets a repository with all its names. */
  remove(repo: Repository): void {
    for (const names of [this.repositories, this.#formerNames])
      for (const [name, each] of names) if (each === repo) names.delete(name);
  }

  /** The organization an account is, `null` for a user or bot. */
  organization(account: Account): Org | null {
    return [...this.orgs.values()].find(({ id }) => id === account.id) ?? null;
  }

  addAccount(given: NewAccount): Account {
    const account: Account = {
      ...given,
      id: given.id ?? this.nextId(),
      name: given.name ?? null,
      email: given.email ?? null,
      addresses: new Set(),
      createdAt: this.now(),
      deleted: false,
      busy: false,
    };
    const taken = this.accounts.get(account.id) ?? this.account(account.restLogin);
    if (taken)
      throw new Error(
        `${account.restLogin} (${account.id}) exists already as ${taken.restLogin} (${taken.id})`,
      );
    this.accounts.set(account.id, account);
    return account;
  }

  /** Organizations share the namespace of users; `[bot]` logins are found by their REST form. */
  account(login: string): Account | undefined {
    const wanted = login.toLowerCase();
    return [...this.accounts.values()].find(
      (each) => !each.deleted && each.restLogin.toLowerCase() === wanted,
    );
  }
}
