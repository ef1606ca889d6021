import type { RepositoryRef } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";
import type { VirtualAuthenticator } from "../app/passkeys/virtual-authenticator.ts";
import { confirmed } from "./example.ts";

interface Given {
  readonly repository: RepositoryRef;
  readonly pull: number;
  readonly authenticator: VirtualAuthenticator;
  /** Of whom the signature is in truth; of the authenticator, where it is left out. */
  readonly signedBy?: VirtualAuthenticator;
  readonly at: Date;
}

const sam = { id: 1003, login: "sam", type: "User" } as const;
export const VOUCHED_BY = [{ id: 1002, login: "olga" }];

/** Has a store keep Sam's passkey over his review 501, as the App does; what a countersignature tells of it. */
export async function keepPasskey(
  store: Store,
  { repository, pull, authenticator, signedBy = authenticator, at }: Given,
) {
  const { passkey } = confirmed({ pull, repository: repository.repositoryId }, authenticator, signedBy);
  if (passkey === null) throw new Error("no passkey was made");
  const { statement: text, clientDataJSON, authenticatorData, signature } = passkey;
  const [key, statement, enrolledAt] = [authenticator.id, `hash of ${pull}`, at.toISOString()];
  const { installationId } = repository;
  const state = { counter: 0, device: "single", backedUp: false } as const;
  const { publicKey } = authenticator;
  await store.enrolPasskey(installationId, { id: key, owner: sam, enrolledAt, publicKey, ...state });
  const covered = { headSha: "", baseRef: "main", content: {}, hazards: [] };
  const decision = { kind: "countersign", reviewId: 501 } as const;
  const signed = { statement, decision, by: sam, key, at: enrolledAt, ...covered };
  const proof = { statement: text, publicKey, clientDataJSON, authenticatorData, signature };
  const outcome = { kind: "signature", repository, pull, signature: signed, proof } as const;
  const used = { installationId, account: sam.id, key, challenge: statement, state };
  if (!(await store.recordAssertion({ ...used, outcome }, at))) throw new Error("it was not kept");
  return { counted: { statement, key, pull, byCode: false, vouchedBy: VOUCHED_BY }, passkey };
}
