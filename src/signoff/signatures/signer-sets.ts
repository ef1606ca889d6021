import { type OwnerRef, ownerKey } from "../../ownership/owner.ts";
import type { Account, SignerSet, Snapshot } from "../snapshot.ts";
import type { Signers } from "./signers.ts";

interface Around {
  readonly snapshot: Snapshot;
  readonly signers: Signers;
}

/**
 * Who can sign through each owner that the reading tells of, where that is not what is recorded: the news of a refusal
 * may be lost, and whoever gave it lose their right before it is read.
 */
export function newSignerSets({ snapshot, signers }: Around): readonly SignerSet[] {
  const { now, recorded } = snapshot;
  const known = new Map((recorded.signers ?? []).map((set) => [set.owner, set]));
  return signersNow(snapshot, signers).flatMap(([owner, people]) => {
    const before = known.get(owner) ?? { owner, accounts: [], former: [] };
    const accounts = [...new Set(people)].toSorted((one, other) => one - other);
    const is = new Set(accounts);
    const gone = before.accounts.filter((account) => !is.has(account));
    if (gone.length === 0 && accounts.length === before.accounts.length) return [];
    const former = [
      ...before.former.filter(({ account }) => !is.has(account)),
      ...gone.map((account) => ({ account, until: now })),
    ];
    return [{ owner, accounts, former }];
  });
}

type Now = readonly [owner: string, accounts: readonly number[]];

/** Of whom it is not known what they may do, nothing changes. */
function signersNow({ authority: { teams, users = {} } }: Snapshot, signers: Signers): readonly Now[] {
  const ofTeams = Object.entries(teams).flatMap(([name, team]): readonly Now[] => {
    if (team.status === "unlisted") return [];
    const members = team.status === "known" ? team.members : [];
    return [[`@${name}`, members.flatMap(({ id, type }) => (type === "User" ? [id] : []))]];
  });
  const ofUsers = Object.entries(users).flatMap(([login, account]): readonly Now[] => {
    const owner: OwnerRef = { kind: "user", login };
    if (account === null || signers.isNamesake(owner, account)) return [[ownerKey(owner), []]];
    const may = signers.mayWrite(account);
    return may === "unknown" ? [] : [[ownerKey(owner), may === "yes" ? [account.id] : []]];
  });
  return [...ofTeams, ...ofUsers];
}

/** The owner, among some, through whom somebody could sign when they said something, or may have been able to. */
export function formerOwner(
  owners: readonly OwnerRef[],
  { by, at }: { readonly by: Account; readonly at: string },
  { recorded: { signers = [] } }: Snapshot,
): OwnerRef | null {
  const through = new Set(
    signers
      .filter(({ former }) =>
        former.some(({ account, until }) => account === by.id && Date.parse(at) <= Date.parse(until)),
      )
      .map(({ owner }) => owner),
  );
  return owners.find((owner) => through.has(ownerKey(owner))) ?? null;
}
