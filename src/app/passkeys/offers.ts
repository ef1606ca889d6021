import { prepareAcceptance } from "../../signoff/passkey/acceptance.ts";
import { decisionKey } from "../../signoff/passkey/decision.ts";
import {
  canonicalStatement,
  challengeOf,
  type Prepared,
  prepare,
  prepareForKey,
  type Statement,
} from "../../signoff/passkey/statement.ts";
import { statementWords } from "../../signoff/passkey/statement-words.ts";
import { validKeys } from "../../signoff/passkey/valid-keys.ts";
import type { AwaitedSignature, Decision } from "../../signoff/passkey-facts.ts";
import type { Account, Snapshot } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { FollowUpState } from "../../store/follow-up.ts";
import type { StoredPasskey } from "../../store/passkeys.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import { acceptDecision } from "./accept.ts";
import { SIGN_WITHIN_MS, type SigningPorts } from "./ports.ts";
import type { Objection } from "./webauthn.ts";

/** A statement as it is kept until it is signed: with all that follows then. */
export interface Offered extends Prepared {
  /** The repository on whose page it is signed. */
  readonly on: RepositoryRef;
  /** Those with which it counts; empty for a new one. */
  readonly keys: readonly string[];
}

/** What a page shows to have it signed. */
export interface Offer {
  readonly ok: true;
  /** What WebAuthn calls the challenge, base64url. */
  readonly challenge: string;
  readonly words: readonly string[];
  /** The canonical JSON that is signed. */
  readonly statement: string;
  /** The ids of the keys to sign with. */
  readonly keys: readonly string[];
  readonly until: Date;
}

interface Wish {
  readonly on: RepositoryRef;
  readonly by: Account;
}

/** Has somebody sign one of the decisions that a verdict waits for, by the very snapshot that it was made of. */
export async function offerDecision(
  ports: SigningPorts,
  {
    on,
    by,
    decision,
    snapshot,
    verdict,
  }: Wish & {
    readonly decision: AwaitedSignature["decision"];
    readonly snapshot: Snapshot;
    readonly verdict: Verdict;
  },
): Promise<Offer | Objection> {
  const wanted = decisionKey(decision);
  const awaited = verdict.passkeys?.awaited.find(
    (each) => each.by.id === by.id && decisionKey(each.decision) === wanted,
  );
  if (awaited === undefined) return refused("Nothing waits for your signature on that any more.");
  if (awaited.keys.length === 0) return refused(await noKey(ports, on, by));
  const occasion = { ...fresh(ports, on), repositoryId: on.repositoryId, snapshot, verdict };
  return offer(ports, { on, keys: awaited.keys, ...prepare({ by, decision }, occasion) });
}

/** Why somebody has no key to sign with. */
export async function noKey(
  { store }: Pick<SigningPorts, "store">,
  { installationId }: RepositoryRef,
  by: Account,
): Promise<string> {
  const own = (await store.passkeys(installationId)).some(({ owner }) => owner.id === by.id);
  return own
    ? "None of your keys is valid here: somebody who may sign for it, or whom the config names under “override.by”, has to vouch for one with theirs."
    : "You have no key here. Register one, and have somebody who may sign for it vouch for it.";
}

/** Has somebody accept what got in without its owners. Whether they may is judged with the follow-up. */
export async function offerAcceptance(
  ports: SigningPorts,
  { on, by, state, commentId }: Wish & { readonly state: FollowUpState; readonly commentId: number | null },
): Promise<Offer | Objection> {
  if (!state.isOpen) return refused("It is accepted already.");
  const { keys, valid } = await keysIn(ports, on);
  const own = keys.flatMap(({ id, owner }) => (owner.id === by.id && valid.has(id) ? [id] : []));
  if (own.length === 0) return refused(await noKey(ports, on, by));
  const decision = acceptDecision(on, state, commentId);
  return offer(ports, { on, keys: own, ...prepareAcceptance({ by, decision }, fresh(ports, on)) });
}

/** Has somebody register a key for themself. */
export function offerEnrolment(ports: SigningPorts, { on, by }: Wish): Promise<Offer | Objection> {
  return offerForKey(ports, { on, by, decision: { kind: "enrol" }, keys: [] });
}

/** Has somebody vouch for another person's key, with one of theirs that is valid itself. */
export async function offerVouch(
  ports: SigningPorts,
  { on, by, key }: Wish & { readonly key: string },
): Promise<Offer | Objection> {
  const { keys, valid } = await keysIn(ports, on);
  const found = keys.find(({ id }) => id === key);
  if (found === undefined) return refused("There is no such key, or it was removed.");
  if (found.owner.id === by.id) return refused("Nobody vouches for a key of their own.");
  const own = keys.flatMap(({ id, owner }) => (owner.id === by.id && valid.has(id) ? [id] : []));
  if (own.length === 0)
    return refused("You have no key that is valid itself: a word given with it counts for nothing.");
  return offerForKey(ports, { on, by, decision: { kind: "vouch", key, owner: found.owner }, keys: own });
}

/** Has somebody remove a key: of theirs, with that key or one that came with a code; of others, as `removersOf` says. */
export async function offerRemoval(
  ports: SigningPorts,
  { on, by, key }: Wish & { readonly key: string },
): Promise<Offer | Objection> {
  const { keys, valid } = await keysIn(ports, on);
  const found = keys.find(({ id }) => id === key);
  if (found === undefined) return refused("There is no such key, or it was removed.");
  const own = keys.filter(({ owner }) => owner.id === by.id);
  const able = found.owner.id === by.id ? removersOfOwn(found, own) : removersOf(found, own, valid);
  if (able.length === 0) return refused(found.byCode === true ? BY_CODE_ALONE : NOT_VALID);
  return offerForKey(ports, {
    on,
    by,
    decision: { kind: "remove-key", key, owner: found.owner },
    keys: able,
  });
}

const BY_CODE_ALONE =
  "That key came with a code of the server: only its holder removes it, or somebody whose own key came with one.";
const NOT_VALID = "You have no key that is valid itself: it removes no key of others.";

function removersOfOwn({ id: key }: StoredPasskey, own: readonly StoredPasskey[]): readonly string[] {
  return own.flatMap(({ id, byCode }) => (id === key || byCode === true ? [id] : []));
}

/**
 * With which of their own keys somebody may remove another person's: with those that could vouch for it. One that came with
 * a code goes only with another that did: whoever was vouched for cannot lock out those whom the server let in.
 */
export function removersOf(
  { byCode: isRoot }: StoredPasskey,
  own: readonly StoredPasskey[],
  valid: ReadonlySet<string>,
): readonly string[] {
  return own.flatMap(({ id, byCode }) => (valid.has(id) && (byCode === true || isRoot !== true) ? [id] : []));
}

/** All keys, and those that are valid for anything at all. */
export async function keysIn(
  { store, facts, clock }: Pick<SigningPorts, "store" | "facts" | "clock">,
  on: RepositoryRef,
): Promise<{ readonly keys: readonly StoredPasskey[]; readonly valid: ReadonlySet<string> }> {
  const { installationId } = on;
  const mayVouch = () => true;
  const valid = validKeys(await facts(on, 0), { now: clock.now().getTime(), mayVouch });
  return { keys: await store.passkeys(installationId), valid };
}

function offerForKey(
  ports: SigningPorts,
  { on, by, decision, keys }: Wish & { readonly decision: Decision; readonly keys: readonly string[] },
): Promise<Offer | Objection> {
  return offer(ports, { on, keys, ...prepareForKey({ by, decision }, fresh(ports, on)) });
}

function fresh(
  { clock, nonce }: SigningPorts,
  { installationId: installation }: RepositoryRef,
): Pick<Statement, "installation" | "nonce" | "issuedAt"> {
  return { installation, nonce: nonce(), issuedAt: clock.now().toISOString() };
}

async function offer({ store, clock }: SigningPorts, offered: Offered): Promise<Offer | Objection> {
  const { statement, keys, on } = offered;
  const challenge = challengeOf(statement);
  const now = clock.now();
  const until = new Date(now.getTime() + SIGN_WITHIN_MS);
  const open = { challenge, installationId: on.installationId, account: statement.by.id };
  const kept = await store.keepStatement({ ...open, record: JSON.stringify(offered) }, now, until);
  if (!kept) return refused("You have too many statements open. Wait some minutes, and try again.");
  return {
    ok: true,
    ...{ challenge, words: statementWords(statement), statement: canonicalStatement(statement), keys, until },
  };
}

function refused(because: string): Objection {
  return { ok: false, because };
}
