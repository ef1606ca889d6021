import type { OwnerRef } from "../ownership/owner.ts";
import type { Contributors } from "./contributors.ts";
import type { People } from "./people.ts";
import type { Account, Snapshot, Team } from "./snapshot.ts";
import type { Signer } from "./verdict.ts";

/** Who owns, who may write, who can still sign. */
export interface Signers {
  owns(owners: readonly OwnerRef[], account: Account): boolean;
  /** The first of the owners that somebody is or belongs to. */
  ownerOf(owners: readonly OwnerRef[], account: Account): OwnerRef | null;
  mayWrite(account: { readonly id: number | null }): "yes" | "no" | "unknown";
  /** Humans among the owners who took no part in the change and are not known to lack write access, by login. */
  candidates(owners: readonly OwnerRef[]): readonly Signer[];
  team(owner: OwnerRef): Team | null;
}

/** Those who may approve a pull request in a way that GitHub counts. */
const WRITERS: ReadonlySet<string> = new Set(["write", "maintain", "admin"]);

export function findSigners(snapshot: Snapshot, people: People, contributors: Contributors): Signers {
  const { permissions, teams } = snapshot.authority;

  function team(owner: OwnerRef): Team | null {
    if (owner.kind !== "team") return null;
    const name = `${owner.org}/${owner.slug}`.toLowerCase();
    return Object.hasOwn(teams, name) ? (teams[name] ?? null) : null;
  }

  function members(owner: OwnerRef): readonly Account[] {
    const known = team(owner);
    return known?.status === "known" ? known.members : [];
  }

  function ownerOf(owners: readonly OwnerRef[], account: Account): OwnerRef | null {
    const isTheirs = (owner: OwnerRef) =>
      owner.kind === "user"
        ? owner.login.toLowerCase() === account.login.toLowerCase()
        : members(owner).some(({ id }) => id === account.id);
    return owners.find(isTheirs) ?? null;
  }

  function owns(owners: readonly OwnerRef[], account: Account): boolean {
    return ownerOf(owners, account) !== null;
  }

  function mayWrite({ id }: { readonly id: number | null }) {
    if (id === null || !Object.hasOwn(permissions, id)) return "unknown";
    return WRITERS.has(permissions[id] ?? "none") ? "yes" : "no";
  }

  function humans(owner: OwnerRef): readonly Signer[] {
    if (owner.kind !== "user") return members(owner).filter((member) => people.isHuman(member));
    const person = people.called(owner.login);
    return person === null ? [] : [person];
  }

  function candidates(owners: readonly OwnerRef[]): readonly Signer[] {
    const byLogin = new Map(
      owners
        .flatMap(humans)
        .filter((person) => contributors.find(person) === undefined && mayWrite(person) !== "no")
        .map(({ id, login }) => [login.toLowerCase(), { id, login }]),
    );
    return [...byLogin].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, signer]) => signer);
  }

  return { owns, ownerOf, mayWrite, candidates, team };
}
