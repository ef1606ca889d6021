import { type OwnerRef, ownerKey } from "../../ownership/owner.ts";
import type { Account, Snapshot, Team } from "../snapshot.ts";
import type { Requirement, Signer, UnableOwner } from "../verdict.ts";
import { accessClause, NO_PERSON, NO_USER, NOBODYS_ADDRESS, unableTeamClause } from "../wording/sentences.ts";
import type { Contributors } from "../writers/contributors.ts";
import type { People } from "../writers/people.ts";
import { byAvailability } from "./availability.ts";

type Person = Pick<Signer, "id">;

/** Who owns, who may write, who can still sign. */
export interface Signers {
  owns(owners: readonly OwnerRef[], account: Account): boolean;
  /** The first of the owners that somebody is or belongs to. */
  ownerOf(owners: readonly OwnerRef[], account: Account): OwnerRef | null;
  mayWrite(account: Person): "yes" | "no" | "unknown";
  /** Humans among the owners who took no part in the change and are not known to lack write access. */
  candidates(owners: readonly OwnerRef[], requirement?: Requirement): readonly Signer[];
  /** Those of the owners through whom nobody could sign any change, each once. */
  unable(owners: readonly OwnerRef[]): readonly UnableOwner[];
  team(owner: OwnerRef): Team | null;
}

/** What is known of one owner, worked out once. */
interface KnownOwner {
  readonly team: Team | null;
  readonly members: readonly Account[];
  readonly ids: ReadonlySet<number>;
}

/** Those who may approve a pull request in a way that GitHub counts. */
const WRITERS: ReadonlySet<string> = new Set(["write", "maintain", "admin"]);

export function findSigners(snapshot: Snapshot, people: People, contributors: Contributors): Signers {
  const { permissions, teams } = snapshot.authority;
  const sorted = byAvailability(snapshot);

  const known = new Map<OwnerRef, KnownOwner>();
  const listed = new Map(snapshot.recorded.accounts.map(({ login, id }) => [login, id]));
  const able = new Map<readonly OwnerRef[], Map<string | undefined, readonly Signer[]>>();

  function knownOwner(owner: OwnerRef): KnownOwner {
    const before = known.get(owner);
    if (before !== undefined) return before;
    const team = owner.kind === "team" ? teamOf(owner) : null;
    const members = team?.status === "known" ? team.members : [];
    const found = { team, members, ids: new Set(members.map(({ id }) => id)) };
    known.set(owner, found);
    return found;
  }

  function teamOf({ org, slug }: Extract<OwnerRef, { readonly kind: "team" }>): Team | null {
    const name = `${org}/${slug}`.toLowerCase();
    return Object.hasOwn(teams, name) ? (teams[name] ?? null) : null;
  }

  function team(owner: OwnerRef): Team | null {
    return knownOwner(owner).team;
  }

  function ownerOf(owners: readonly OwnerRef[], { id, login }: Account): OwnerRef | null {
    const name = login.toLowerCase();
    /** By id where it is known whom the policy means: a rename changes nothing about that. */
    const isMeant = (owner: string) => {
      const meant = listed.get(owner);
      return meant === undefined ? owner === name : meant === id;
    };
    for (const owner of owners) {
      const isTheirs =
        owner.kind === "user" ? isMeant(owner.login.toLowerCase()) : knownOwner(owner).ids.has(id);
      if (isTheirs) return owner;
    }
    return null;
  }

  function owns(owners: readonly OwnerRef[], account: Account): boolean {
    return ownerOf(owners, account) !== null;
  }

  function permissionOf({ id }: Person) {
    return id === null ? undefined : permissions[id];
  }

  function mayWrite(person: Person) {
    const permission = permissionOf(person);
    if (permission === undefined) return "unknown";
    return WRITERS.has(permission) ? "yes" : "no";
  }

  function humans(owner: OwnerRef): readonly Signer[] {
    if (owner.kind !== "user") return knownOwner(owner).members.filter((member) => people.isHuman(member));
    const person = people.called(owner.login);
    return person === null ? [] : [person];
  }

  function candidates(owners: readonly OwnerRef[], requirement?: Requirement): readonly Signer[] {
    const known = able.get(owners) ?? new Map<string | undefined, readonly Signer[]>();
    const before = known.get(requirement?.id);
    if (before !== undefined) return before;
    const free = owners
      .flatMap(humans)
      .filter((person) => contributors.find(person, requirement) === undefined && mayWrite(person) !== "no");
    const byLogin = new Map(free.map(({ id, login }) => [login.toLowerCase(), { id, login }]));
    const found = sorted([...byLogin.values()]);
    able.set(owners, known.set(requirement?.id, found));
    return found;
  }

  function unable(owners: readonly OwnerRef[]): readonly UnableOwner[] {
    const each = new Map(owners.map((owner) => [ownerKey(owner), owner])).values();
    return [...each].flatMap((owner) => {
      const reason = unableReason(owner);
      return reason === null ? [] : [{ owner, reason }];
    });
  }

  function unableReason(owner: OwnerRef): string | null {
    if (owner.kind === "email") return NOBODYS_ADDRESS;
    if (owner.kind === "team") return unableTeamClause(team(owner));
    const person = people.called(owner.login);
    if (person === null) return people.isNobodys(owner.login) ? NO_USER : NO_PERSON;
    return mayWrite(person) === "no" ? accessClause(permissionOf(person)) : null;
  }

  return { owns, ownerOf, mayWrite, candidates, unable, team };
}
