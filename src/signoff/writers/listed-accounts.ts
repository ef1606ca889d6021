import { loginsListedBy } from "../../policy/listed.ts";
import type { Policy } from "../../policy/policy.ts";
import { botName } from "../../provenance/signals/signal-index.ts";
import type { Account, ListedAccount, Snapshot } from "../snapshot.ts";
import { accountsHeardOf, accountsNow } from "./people.ts";

/** Accounts of the snapshot that bear a login which the policy lists, where nobody was known to bear it. */
export function newListedAccounts(snapshot: Snapshot, policy: Policy): readonly ListedAccount[] {
  const listed = loginsListedBy(policy);
  const known = new Set(snapshot.recorded.accounts.map(({ login }) => login));
  const found = bearersIn(snapshot).flatMap((account) => {
    const login = nameOf(account);
    return isListed(listed, login) && !known.has(login) ? [[login, { login, id: account.id }] as const] : [];
  });
  return [
    ...[...new Map(found.toReversed()).values()].toReversed(),
    ...namedOnly(snapshot, { listed, known }),
  ];
}

/** Owners whom only CODEOWNERS names, as GitHub told who bears their logins. */
function namedOnly(
  { authority: { users = {} } }: Snapshot,
  { listed, known }: Readonly<Record<"listed" | "known", ReadonlySet<string>>>,
): readonly ListedAccount[] {
  return Object.entries(users).flatMap(([name, account]) =>
    account === null || listed.has(name) || known.has(`@${name}`)
      ? []
      : [{ login: `@${name}`, id: account.id }],
  );
}

/** Those first who bear their logins now, and of the others nobody who bears another one now. */
function bearersIn(snapshot: Snapshot): readonly Account[] {
  const now = accountsNow(snapshot);
  const nameNow = new Map(now.map((account) => [account.id, nameOf(account)]));
  const { users = {} } = snapshot.authority;
  return [...now, ...accountsHeardOf(snapshot)].filter((account) => {
    const name = nameOf(account);
    if ((nameNow.get(account.id) ?? name) !== name) return false;
    // Who was asked for by that login is the one who bears it.
    return !Object.hasOwn(users, name) || users[name]?.id === account.id;
  });
}

/** No user can have the end of an App's login, and so none is taken for one. */
function nameOf({ login, type }: Account): string {
  const name = login.toLowerCase();
  return type === "Bot" ? `${botName(name)}[bot]` : name;
}

/** A bot may be listed with and without the end of its login. */
function isListed(listed: ReadonlySet<string>, name: string): boolean {
  return listed.has(name) || (name.endsWith("[bot]") && listed.has(botName(name)));
}
