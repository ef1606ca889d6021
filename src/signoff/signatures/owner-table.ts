import type { OwnerRef } from "../../ownership/owner.ts";
import type { Account, Snapshot, Team } from "../snapshot.ts";

interface KnownOwner {
  /** `null` for an owner that is no team, or a team that nobody told of. */
  readonly team: Team | null;
  readonly members: readonly Account[];
  readonly ids: ReadonlySet<number>;
}

type TeamRef = Extract<OwnerRef, { readonly kind: "team" }>;

/** Whom the owners of rules stand for, each worked out once. */
export class OwnerTable {
  readonly #teams: Snapshot["authority"]["teams"];
  /** Ids by the logins that the policy lists. */
  readonly #listed: ReadonlyMap<string, number>;
  readonly #known = new Map<OwnerRef, KnownOwner>();

  constructor({ authority, recorded }: Pick<Snapshot, "authority" | "recorded">) {
    this.#teams = authority.teams;
    this.#listed = new Map(recorded.accounts.map(({ login, id }) => [login, id]));
  }

  team(owner: OwnerRef): Team | null {
    return this.#knownOwner(owner).team;
  }

  /** Of a team; nobody for a person. */
  members(owner: OwnerRef): readonly Account[] {
    return this.#knownOwner(owner).members;
  }

  /** The first of the owners that somebody is or belongs to, or whose name they have taken. */
  ownerOf(owners: readonly OwnerRef[], account: Account): OwnerRef | null {
    let namesake: OwnerRef | null = null;
    for (const owner of owners) {
      if (!this.#stands(owner, account)) continue;
      if (!this.isNamesake(owner, account)) return owner;
      namesake ??= owner;
    }
    return namesake;
  }

  /** Whether somebody is one of the owners or belongs to one. */
  owns(owners: readonly OwnerRef[], account: Account): boolean {
    const owner = this.ownerOf(owners, account);
    return owner !== null && !this.isNamesake(owner, account);
  }

  /** Whether somebody only bears the name of an owner, which was another account's when CODEOWNERS was seen to name it. */
  isNamesake(owner: OwnerRef, { id }: Pick<Account, "id">): boolean {
    if (owner.kind !== "user") return false;
    const login = owner.login.toLowerCase();
    const named = this.#listed.get(`@${login}`);
    return named !== undefined && named !== id && !this.#listed.has(login);
  }

  #stands(owner: OwnerRef, account: Account): boolean {
    if (owner.kind !== "user") return this.#knownOwner(owner).ids.has(account.id);
    // By id where it is known whom the policy means: a rename changes nothing about that.
    const login = owner.login.toLowerCase();
    const meant = this.#listed.get(login);
    return meant === undefined ? login === account.login.toLowerCase() : meant === account.id;
  }

  #knownOwner(owner: OwnerRef): KnownOwner {
    const before = this.#known.get(owner);
    if (before !== undefined) return before;
    const team = owner.kind === "team" ? this.#teamOf(owner) : null;
    const members = team?.status === "known" ? team.members : [];
    const found = { team, members, ids: new Set(members.map(({ id }) => id)) };
    this.#known.set(owner, found);
    return found;
  }

  #teamOf({ org, slug }: TeamRef): Team | null {
    const name = `${org}/${slug}`.toLowerCase();
    return Object.hasOwn(this.#teams, name) ? (this.#teams[name] ?? null) : null;
  }
}
