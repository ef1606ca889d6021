import { createHash } from "node:crypto";
import type { Account } from "../../signoff/snapshot.ts";
import type { NameAndEmail } from "./commits.ts";

/** Tells people apart without GitHub. */
export interface People {
  /** The account behind a git identity. */
  ofIdentity(identity: NameAndEmail): Account;
  /** The account behind a login or an e-mail that the user typed. */
  ofLogin(login: string): Account;
}

/**
 * GitHub's own noreply addresses (`ID+login@users.noreply.github.com`) name the account; every other address is an
 * account of its own, with a negative id made of the address. A login the user typed that equals the name or the
 * local part of an address is taken for that person: better one signature refused too many.
 */
export function knowPeople(identities: Iterable<NameAndEmail>): People {
  const byLogin = new Map<string, Account>();
  const byHandle = new Map<string, Account>();
  for (const identity of identities) {
    const account = accountOf(identity);
    if (isNoreply(identity.email)) byLogin.set(account.login.toLowerCase(), account);
    else for (const handle of handlesOf(identity)) byHandle.set(handle, account);
  }
  return {
    ofIdentity: accountOf,
    ofLogin(typed) {
      const login = typed.toLowerCase();
      const known = byLogin.get(login) ?? byHandle.get(login);
      return known ?? { id: madeUpId(login), login: typed, type: typeOf(typed) };
    },
  };
}

const NOREPLY = /^(?:(\d+)\+)?([^+@]+)@users\.noreply\.github\.com$/i;

function isNoreply(email: string): boolean {
  return NOREPLY.test(email);
}

function accountOf({ name, email }: NameAndEmail): Account {
  const [, id, login] = NOREPLY.exec(email) ?? [];
  if (login === undefined) {
    return { id: madeUpId(email.toLowerCase()), login: name || email, type: "User" };
  }
  return { id: id === undefined ? madeUpId(login.toLowerCase()) : Number(id), login, type: typeOf(login) };
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
