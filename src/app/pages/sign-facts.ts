import type { ShownDecision, ShownKey, SignPage } from "../../pages/sign.ts";
import type { Account, Snapshot } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { StoredPasskey } from "../../store/passkeys.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import { keysIn, noKey } from "../passkeys/offers.ts";
import type { SigningPorts } from "../passkeys/ports.ts";
import { keyWords, signablesOf } from "../passkeys/signables.ts";

interface Signer {
  readonly on: RepositoryRef;
  readonly by: Account;
}

/** What waits for somebody, as they are to see it before they sign. */
export async function shownDecisions(
  ports: SigningPorts,
  asked: Signer & { readonly snapshot: Snapshot; readonly verdict: Verdict },
): Promise<readonly ShownDecision[]> {
  const { on, by } = asked;
  const missing = await noKey(ports, on, by);
  return signablesOf(asked).map(({ digest, words, keys }) => ({
    ...{ digest, words },
    obstacle: keys.length === 0 ? missing : null,
  }));
}

/** Somebody's own keys, and other people's for whoever may vouch for them. The newest first. */
export async function shownKeys(
  ports: SigningPorts,
  { on, by }: Signer,
): Promise<Pick<SignPage, "own" | "others">> {
  const { keys, valid } = await keysIn(ports, on);
  const shown = (one: StoredPasskey, kind: "vouch" | "remove-key"): ShownKey => ({
    ...{ id: one.id, owner: one.owner.login, enrolledAt: one.enrolledAt },
    standing: one.byCode === true ? "by-code" : valid.has(one.id) ? "by-word" : "waits",
    words: keyWords(on, by, { kind, key: one.id, owner: one.owner }),
  });
  const newest = keys.toSorted((one, other) => Date.parse(other.enrolledAt) - Date.parse(one.enrolledAt));
  const own = newest.filter(({ owner }) => owner.id === by.id);
  const others = newest.filter(({ owner }) => owner.id !== by.id);
  const mayVouch = own.some(({ id }) => valid.has(id));
  return {
    own: own.map((one) => shown(one, "remove-key")),
    others: mayVouch ? others.map((one) => shown(one, "vouch")) : null,
  };
}
