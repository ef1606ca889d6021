import type { OtherKey, ShownDecision, ShownKey, SignPage } from "../../pages/sign.ts";
import type { Account } from "../../signoff/snapshot.ts";
import type { FollowUpState } from "../../store/follow-up.ts";
import type { StoredPasskey } from "../../store/passkeys.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import { keysIn, noKey, removersOf } from "../passkeys/offers.ts";
import type { SigningPorts } from "../passkeys/ports.ts";
import { acceptancesOf, keyWords, type Signable, type SignableAcceptance } from "../passkeys/signables.ts";
import type { PagePorts } from "./ports.ts";

interface Signer {
  readonly on: RepositoryRef;
  readonly by: Account;
}

/** What of an open follow-up may wait for somebody's passkey; at its issue, or at the pull request that it is about. */
export async function acceptances(
  { store }: Pick<PagePorts, "store">,
  ports: SigningPorts,
  { on, by, pull }: Signer & { readonly pull: number },
): Promise<{ readonly state: FollowUpState; readonly signables: readonly SignableAcceptance[] } | null> {
  const state = await store.followUpAt(on, pull);
  if (state === null) return null;
  const { heard = [] } = (state.issue !== null && (await store.remember(on, state.issue)).commands) || {};
  const comments = heard.flatMap(({ account, commentId }) => (account === by.id ? [commentId] : []));
  return { state, signables: await acceptancesOf(ports, { on, by, state, comments }) };
}

/** What waits for somebody, as they are to see it before they sign. */
export async function shownDecisions(
  ports: SigningPorts,
  { on, by }: Signer,
  signables: readonly Signable[],
): Promise<readonly ShownDecision[]> {
  const missing = await noKey(ports, on, by);
  return signables.map(({ digest, words, keys }) => ({
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
  const other = (one: StoredPasskey): OtherKey => ({
    ...shown(one, "vouch"),
    removal:
      removersOf(one, own, valid).length === 0
        ? null
        : keyWords(on, by, { kind: "remove-key", key: one.id, owner: one.owner }),
  });
  return {
    own: own.map((one) => shown(one, "remove-key")),
    others: mayVouch ? others.map(other) : null,
  };
}
