import type { Transition, WorldEvent } from "./events.ts";
import type { Account, App, Installation, Org, Repository } from "./model.ts";

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
  readonly userTokens = new Map<string, Account>();
  readonly transitions: Transition[] = [];
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

  /** Organizations share the namespace of users; `[bot]` logins are found by their REST form. */
  account(login: string): Account | undefined {
    const wanted = login.toLowerCase();
    return [...this.accounts.values()].find(
      (each) => !each.deleted && each.restLogin.toLowerCase() === wanted,
    );
  }
}
