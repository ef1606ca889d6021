import { type OwnerRef, ownerKey } from "../../ownership/owner.ts";
import type { Account, Permission, Snapshot, Team } from "../snapshot.ts";
import type { Requirement, Signer, UnableOwner } from "../verdict.ts";
import {
  accessClause,
  NO_PERSON,
  NO_USER,
  NOBODYS_ADDRESS,
  TAKEN_NAME,
  unableTeamClause,
} from "../wording/sentences.ts";
import type { Contributors } from "../writers/contributors.ts";
import type { People } from "../writers/people.ts";
import { byAvailability } from "./availability.ts";
import { OwnerTable } from "./owner-table.ts";

type Person = Pick<Signer, "id">;

/** Those who may approve a pull request in a way that GitHub counts. */
const WRITERS: ReadonlySet<string> = new Set<Permission>(["write", "maintain", "admin"]);

/** What GitHub says of the access of somebody whose word may decide. */
export function writeAccess({ authority }: Snapshot, person: Person): "yes" | "no" | "unknown" {
  const permission = permissionIn(authority, person);
  if (permission === undefined) return "unknown";
  return WRITERS.has(permission) ? "yes" : "no";
}

function permissionIn({ permissions }: Snapshot["authority"], { id }: Person): Permission | undefined {
  return id === null ? undefined : permissions[id];
}

interface Involved {
  readonly people: People;
  readonly contributors: Contributors;
}

/** Who owns, who may write, who can still sign. */
export class Signers {
  readonly #snapshot: Snapshot;
  readonly #owners: OwnerTable;
  readonly #people: People;
  readonly #contributors: Contributors;
  readonly #inOrder: (people: readonly Signer[]) => readonly Signer[];
  /** By owners and requirement: the same is asked for the requirement, its effects and its words. */
  readonly #candidates = new Map<readonly OwnerRef[], Map<string | undefined, readonly Signer[]>>();

  constructor(snapshot: Snapshot, { people, contributors }: Involved) {
    this.#snapshot = snapshot;
    this.#owners = new OwnerTable(snapshot);
    this.#people = people;
    this.#contributors = contributors;
    this.#inOrder = byAvailability(snapshot);
  }

  team(owner: OwnerRef): Team | null {
    return this.#owners.team(owner);
  }

  owns(owners: readonly OwnerRef[], account: Account): boolean {
    return this.#owners.owns(owners, account);
  }

  /** Whether somebody only bears the name of an owner. */
  isNamesake(owner: OwnerRef, account: Account): boolean {
    return this.#owners.isNamesake(owner, account);
  }

  /** The first of the owners that somebody is or belongs to, or whose name they have taken. */
  ownerOf(owners: readonly OwnerRef[], account: Account): OwnerRef | null {
    return this.#owners.ownerOf(owners, account);
  }

  mayWrite(person: Person): "yes" | "no" | "unknown" {
    return writeAccess(this.#snapshot, person);
  }

  /** Humans among the owners who took no part in the change and are not known to lack write access. */
  candidates(owners: readonly OwnerRef[], requirement?: Requirement): readonly Signer[] {
    const known = this.#candidates.get(owners) ?? new Map<string | undefined, readonly Signer[]>();
    const before = known.get(requirement?.id);
    if (before !== undefined) return before;
    const found = this.#findCandidates(owners, requirement);
    this.#candidates.set(owners, known.set(requirement?.id, found));
    return found;
  }

  /** Those of the owners through whom nobody could sign any change, each once. */
  unable(owners: readonly OwnerRef[]): readonly UnableOwner[] {
    const each = new Map(owners.map((owner) => [ownerKey(owner), owner])).values();
    return [...each].flatMap((owner) => {
      const reason = this.#unableReason(owner);
      return reason === null ? [] : [{ owner, reason }];
    });
  }

  #findCandidates(owners: readonly OwnerRef[], requirement?: Requirement): readonly Signer[] {
    const free = owners
      .flatMap((owner) => this.#humans(owner))
      .filter((person) => this.#contributors.find(person, requirement) === undefined)
      .filter((person) => this.mayWrite(person) !== "no");
    const byLogin = new Map(free.map(({ id, login }) => [login.toLowerCase(), { id, login }]));
    return this.#inOrder([...byLogin.values()]);
  }

  #humans(owner: OwnerRef): readonly Signer[] {
    if (owner.kind !== "user")
      return this.#owners.members(owner).filter((each) => this.#people.isHuman(each));
    const person = this.#people.called(owner.login);
    return person === null || this.#isTaken(owner, person) ? [] : [person];
  }

  #isTaken(owner: OwnerRef, { id }: Person): boolean {
    return id !== null && this.#owners.isNamesake(owner, { id });
  }

  #unableReason(owner: OwnerRef): string | null {
    if (owner.kind === "email") return NOBODYS_ADDRESS;
    if (owner.kind === "team") return unableTeamClause(this.#owners.team(owner));
    const person = this.#people.called(owner.login);
    if (person === null) return this.#people.isNobodys(owner.login) ? NO_USER : NO_PERSON;
    if (this.#isTaken(owner, person)) return TAKEN_NAME;
    return this.mayWrite(person) === "no"
      ? accessClause(permissionIn(this.#snapshot.authority, person))
      : null;
  }
}
