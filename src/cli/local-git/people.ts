import { createHash } from "node:crypto";
import { createPolicyDetector } from "../../policy/detector.ts";
import { DEFAULT_POLICY } from "../../policy/merge.ts";
import type { Detector } from "../../provenance/detector.ts";
import type { Account } from "../../signoff/snapshot.ts";
import type { NameAndEmail } from "./objects/commits.ts";

/** Tells people apart without GitHub. */
export interface People {
  /** The account behind a git identity; `null` for a machine without an account of its own. */
  ofIdentity(identity: NameAndEmail): Account | null;
  /** The account behind a login or an e-mail that the user typed. */
  ofLogin(login: string): Account;
}

/**
 * GitHub's own noreply addresses (`ID+login@users.noreply.github.com`) name the account; every other person's address
 * is an account of its own, with a negative id made of the address. A login the user typed that equals the name, the
 * address or its local part is taken for that person: better one signature refused too many.
 */
export function knowPeople(identities: Iterable<NameAndEmail>): People {
  const detector = knownMachines();
  const byEmail = new Map<string, Account | null>();
  const byHandle = new Map<string, Account>();
  const byLogin = new Map<string, Account>();
  for (const identity of identities) {
    if (byEmail.has(identity.email)) continue;
    const { account, named } = accountOf(identity, detector);
    byEmail.set(identity.email, account);
    if (account === null) continue;
    if (named) byLogin.set(account.login.toLowerCase(), account);
    else for (const handle of handlesOf(identity)) byHandle.set(handle, account);
  }
  return {
    ofIdentity: ({ email }) => byEmail.get(email) ?? null,
    ofLogin(typed) {
      const login = typed.toLowerCase();
      const id = (byLogin.get(login) ?? byHandle.get(login))?.id ?? madeUpId(login);
      return { id, login: typed, type: typeOf(typed) };
    },
  };
}

/** The same for one identity after the other, of a history too long to be held. */
export function guessAccounts(): (identity: NameAndEmail) => Account | null {
  const detector = knownMachines();
  return (identity) => accountOf(identity, detector).account;
}

function knownMachines(): Detector {
  return createPolicyDetector(DEFAULT_POLICY.detect);
}

const NOREPLY = /^(?:(\d{1,12})\+)?([^+@]+)@users\.noreply\.github\.com$/i;

/** `named` when the address itself says whose account it is. */
function accountOf(
  { name, email }: NameAndEmail,
  detector: Detector,
): {
  readonly account: Account | null;
  readonly named: boolean;
} {
  if (name === "" && email === "") return { account: null, named: false };
  const [, id, login] = NOREPLY.exec(email) ?? [];
  if (login !== undefined) {
    const number = id === undefined ? madeUpId(login.toLowerCase()) : Number(id);
    return { account: { id: number, login, type: typeOf(login) }, named: true };
  }
  // A machine known by its address is judged by that: an account made up for it would pass for a person.
  if (detector.identity({ name, email, account: null }) !== "person") return { account: null, named: false };
  return { account: { id: madeUpId(email.toLowerCase()), login: name || email, type: "User" }, named: false };
}

function handlesOf({ name, email }: NameAndEmail): readonly string[] {
  const address = email.toLowerCase();
  return [address, address.split("@")[0] ?? address, name.toLowerCase()];
}

function typeOf(login: string): Account["type"] {
  return login.endsWith("[bot]") ? "Bot" : "User";
}

/** Negative, so never GitHub's; the same in every run. */
function madeUpId(key: string): number {
  return -1 - createHash("sha256").update(key).digest().readUIntBE(0, 6);
}
