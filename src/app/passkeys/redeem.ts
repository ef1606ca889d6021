import { readCode } from "../../signoff/passkey/code.ts";
import { canonicalStatement, challengeOf, signatureOf } from "../../signoff/passkey/statement.ts";
import type { Account } from "../../signoff/snapshot.ts";
import type { Assertion, StoredPasskey, StoredProof } from "../../store/passkeys.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import { keyEntry } from "./entries.ts";
import type { Offered } from "./offers.ts";
import type { SigningPorts } from "./ports.ts";
import { assertionResponse } from "./responses.ts";
import { type Objection, UNKNOWN_KEY, verifyAssertion, verifyRegistration } from "./webauthn.ts";

export interface Answer {
  readonly on: RepositoryRef;
  /** Whose session it came from. */
  readonly by: Account;
  readonly challenge: string;
  /** What the browser sent, as JSON. */
  readonly response: unknown;
}

/** A sentence to show. */
export type Redeemed = Objection | { readonly ok: true; readonly says: string };

/** Takes an assertion for what it is: of this person, over the statement that was shown to them, once and in time. */
export async function redeem(ports: SigningPorts, answer: Answer): Promise<Redeemed> {
  const taken = await take(ports, answer);
  if (taken === null || taken.statement.decision.kind === "enrol") return OVER;
  const { store, party, clock } = ports;
  const { by, on, challenge, response } = answer;
  const key = await keyOf(ports, answer);
  if (key === null) return refused(UNKNOWN_KEY);
  if (!taken.keys.includes(key.id)) return refused("That key is not valid for this. Sign with another one.");
  const asserted = await verifyAssertion(party, { response, challenge, key });
  if (!asserted.ok) return asserted;
  const { state, proof } = asserted;
  const at = clock.now().toISOString();
  const outcome = outcomeOf(taken, { by, key, at, proof });
  if (outcome === null) return OVER;
  const { installationId } = on;
  const { decision } = taken.statement;
  // First into the ledger: nothing counts that is not there.
  await store.append([
    keyEntry(taken, { event: EVENTS[outcome.kind], at, by, key: key.id, state, challenge }),
  ]);
  const assertion = { installationId, account: by.id, key: key.id, challenge, state, outcome };
  if (!(await store.recordAssertion(assertion, clock.now()))) return refused(MEANWHILE);
  await follow(ports, taken, outcome);
  return { ok: true, says: SAYS[decision.kind] ?? "Signed." };
}

const OVER = refused(
  "That statement was signed already, is not yours, or its time is over. Open the page anew, and look at what it says.",
);
const MEANWHILE =
  "The key was removed meanwhile, or its counter went back: there may be a copy of it. Nothing came of the signature.";
const EVENTS = { signature: "signed", vouch: "vouched", removal: "removed" } as const;
const SAYS: Readonly<Record<string, string>> = {
  vouch: "You vouched for the key.",
  "remove-key": "The key is removed.",
};

/** Takes a new key. With a one-time code from the server, nobody has to vouch for it. */
export async function enrol(
  ports: SigningPorts,
  answer: Answer & { readonly code: string | null; readonly secret: string },
): Promise<Redeemed> {
  const { by, on, challenge, response, code, secret } = answer;
  const { store, party, clock } = ports;
  const taken = await take(ports, answer);
  if (taken?.statement.decision.kind !== "enrol") return OVER;
  const verified = await verifyRegistration(party, { response, challenge });
  if (!verified.ok) return verified;
  const { installationId, owner } = on;
  if (code !== null) {
    const hash = readCode(secret, { owner, login: by.login }, { code, now: clock.now() });
    const isSpent = hash === null || !(await store.spendCode({ installationId, hash }, clock.now()));
    if (isSpent) return refused(NO_CODE);
  }
  const at = clock.now().toISOString();
  const key: StoredPasskey = {
    ...verified.key,
    owner: by,
    enrolledAt: at,
    ...(code !== null && { byCode: true }),
  };
  const { device, backedUp, counter } = key;
  const told = { at, by, key: key.id, challenge, state: { device, backedUp, counter } };
  await store.append([keyEntry(taken, { event: code === null ? "enrolled" : "enrolled-by-code", ...told })]);
  if (!(await store.enrolPasskey(installationId, key)))
    return refused("That key is registered already, or you have too many. Remove one first.");
  return { ok: true, says: code === null ? WAITS : "The key is registered, and valid." };
}

const NO_CODE =
  "That code is not yours, was used already, or its time is over. Have whoever runs Countersign print another one.";
const WAITS =
  "The key is registered. It counts once somebody who may sign vouches for it with theirs: send them this page.";

async function take({ store, clock }: SigningPorts, { on, by, challenge }: Answer): Promise<Offered | null> {
  const { installationId } = on;
  const open = await store.takeStatement({ challenge, account: by.id, installationId }, clock.now());
  if (open === null) return null;
  // Written by `offers.ts` alone.
  const offered = JSON.parse(open.record) as Offered;
  return challengeOf(offered.statement) === challenge && offered.on.repositoryId === on.repositoryId
    ? offered
    : null;
}

/** The key that an answer names, if it is one of this person's. */
async function keyOf({ store }: SigningPorts, { on, by, response }: Answer): Promise<StoredPasskey | null> {
  const read = assertionResponse.safeParse(response);
  const keys = read.success ? await store.passkeys(on.installationId) : [];
  return keys.find(({ id, owner }) => id === read.data?.id && owner.id === by.id) ?? null;
}

interface Given {
  readonly by: Account;
  readonly key: StoredPasskey;
  readonly at: string;
  readonly proof: Omit<StoredProof, "statement" | "publicKey">;
}

function outcomeOf(offered: Offered, { by, key, at, proof: given }: Given): Assertion["outcome"] | null {
  const { statement, on } = offered;
  const { decision, change } = statement;
  const proof = { statement: canonicalStatement(statement), publicKey: key.publicKey, ...given };
  if (decision.kind === "vouch")
    return { kind: "vouch", vouch: { key: decision.key, by, withKey: key.id, at }, proof };
  if (decision.kind === "remove-key") return { kind: "removal", key: decision.key };
  const signature = signatureOf(offered, { by, key: key.id, at });
  const pull = decision.kind === "accept" ? decision.number : change?.pull;
  if (signature === null || pull === undefined) return null;
  return { kind: "signature", repository: on, pull, signature, proof };
}

/** What waits for it is judged again; what passed with a key that is gone was put in doubt with its removal. */
async function follow(
  { store, clock, doubted }: SigningPorts,
  { on }: Offered,
  outcome: Assertion["outcome"],
): Promise<void> {
  if (outcome.kind === "removal") return doubted();
  if (outcome.kind === "vouch") return store.enqueue([{ kind: "repository", ...on }], "direct", clock.now());
  const { pull, signature } = outcome;
  const { decision } = signature;
  if (decision.kind === "accept") {
    const { commitSha } = decision;
    return store.enqueue([{ kind: "follow-up", commitSha, ...on }], "direct", clock.now());
  }
  const head = { kind: "head", headSha: signature.headSha, pulls: [pull], ...on } as const;
  return store.enqueue([head], "direct", clock.now());
}

function refused(because: string): Objection {
  return { ok: false, because };
}
