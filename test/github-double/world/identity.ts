import type { Account } from "./model.ts";
import type { Signature } from "./objects.ts";
import type { State } from "./state.ts";

/** Who a commit names: an account, or any name and address at all. */
export type Person = Account | { readonly name: string; readonly email: string };

const NOREPLY = "users.noreply.github.com";
/** The identity github.com itself commits with. */
const WEB = { name: "GitHub", email: "noreply@github.com" };

export function signatureOf(person: Person, date: string): Signature {
  if (!("kind" in person)) return { ...person, date };
  return {
    name: person.name ?? person.restLogin,
    email: person.email ?? `${person.id}+${person.restLogin}@${NOREPLY}`,
    date,
  };
}

export function webSignature(date: string): Signature {
  return { ...WEB, date };
}

export function isWeb(signature: Signature): boolean {
  return signature.email === WEB.email;
}

/** The account REST shows for an address: the owner of the address, or of the `ID+login` no-reply form. */
export function accountByEmail(state: State, email: string): Account | null {
  const wanted = email.toLowerCase();
  const noreply = /^(?:(\d+)\+)?([^@]+)@users\.noreply\.github\.com$/.exec(wanted);
  for (const account of state.accounts.values()) {
    if (account.deleted) continue;
    if (account.email?.toLowerCase() === wanted || account.addresses.has(wanted)) return account;
    if (
      noreply &&
      (noreply[1] ? Number(noreply[1]) === account.id : noreply[2] === account.restLogin.toLowerCase())
    )
      return account;
  }
  return null;
}

/** GraphQL's `GitActor.user` knows users only: a bot's address maps to nobody. */
export function userByEmail(state: State, email: string): Account | null {
  const account = accountByEmail(state, email);
  return account?.kind === "User" ? account : null;
}

/** `Co-authored-by` lines, as GitHub reads them. */
export function coAuthors(message: string): readonly { readonly name: string; readonly email: string }[] {
  return [...message.matchAll(/^co-authored-by:\s*(.+?)\s*<([^<>]+)>\s*$/gim)].map(
    ([, name = "", email = ""]) => ({
      name,
      email,
    }),
  );
}
