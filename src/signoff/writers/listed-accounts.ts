import { loginsListedBy } from "../../policy/listed.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Account, ListedAccount, Snapshot } from "../snapshot.ts";
import { accountsOf } from "./people.ts";

/** Accounts of the snapshot that bear a login which the policy lists, where nobody was known to bear it. */
export function newListedAccounts(snapshot: Snapshot, policy: Policy): readonly ListedAccount[] {
  const listed = loginsListedBy(policy);
  const known = new Set(snapshot.recorded.accounts.map(({ login }) => login));
  const found = accountsOf(snapshot).flatMap((account) =>
    namesOf(account)
      .filter((login) => listed.has(login) && !known.has(login))
      .map((login) => [login, { login, id: account.id }] as const),
  );
  return [...new Map(found.toReversed()).values()].toReversed();
}

/** A bot may be listed with and without the end of its login. */
function namesOf({ login, type }: Account): readonly string[] {
  const name = login.toLowerCase();
  return type === "Bot" ? [name, name.replace(/\[bot\]$/, "")] : [name];
}
