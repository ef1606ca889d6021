import {
  type VerifiedRegistrationResponse,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { KeyState } from "../../store/passkeys.ts";
import type { RelyingParty } from "./relying-party.ts";
import {
  assertionResponse,
  objectionToAuthenticator,
  objectionToClient,
  registrationResponse,
} from "./responses.ts";

/** What is known of a key to verify with. */
export interface VerifyingKey {
  readonly id: string;
  /** COSE, base64url. */
  readonly publicKey: string;
  /** The last that it told; 0 for one that does not count. */
  readonly counter: number;
}

export type NewKey = Pick<VerifyingKey, "id" | "publicKey"> & KeyState;

/** A sentence for whoever tried. */
export interface Objection {
  readonly ok: false;
  readonly because: string;
}

export type Asserted = Objection | { readonly ok: true; readonly state: KeyState; readonly proof: Proof };

/** What anybody can verify again: the signature is over `authenticatorData` and the SHA-256 of `clientDataJSON`. Base64url. */
interface Proof {
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
}

/** ES256, EdDSA and RS256: what authenticators make today. */
export const ALGORITHMS = [-7, -8, -257];

/** Whether an answer of a browser is the assertion of this key over the challenge, given here and by a verified person. */
export async function verifyAssertion(
  party: RelyingParty,
  asked: { readonly response: unknown; readonly challenge: string; readonly key: VerifyingKey },
): Promise<Asserted> {
  const { challenge, key } = asked;
  const read = assertionResponse.safeParse(asked.response);
  if (!read.success) return objection("What the browser sent is no assertion. Try it again.");
  const { data } = read;
  if (data.id !== key.id || data.rawId !== key.id) return objection(UNKNOWN_KEY);
  const { clientDataJSON, authenticatorData, signature } = data.response;
  const because =
    objectionToClient(clientDataJSON, { type: "webauthn.get", challenge }, party) ??
    objectionToAuthenticator(authenticatorData, party);
  if (because !== null) return objection(because);
  const counter = counterIn(authenticatorData);
  if ((counter > 0 || key.counter > 0) && counter <= key.counter) return objection(COUNTER);
  const verified = await verifyAuthenticationResponse({
    response: data,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    credential: {
      id: key.id,
      publicKey: new Uint8Array(Buffer.from(key.publicKey, "base64url")),
      counter: key.counter,
    },
  }).catch(() => null);
  if (verified?.verified !== true) return objection(NO_SIGNATURE);
  const { newCounter, credentialDeviceType, credentialBackedUp } = verified.authenticationInfo;
  return {
    ok: true,
    state: { counter: newCounter, device: deviceOf(credentialDeviceType), backedUp: credentialBackedUp },
    proof: { clientDataJSON, authenticatorData, signature },
  };
}

export const UNKNOWN_KEY = "That key is not registered for your account here, or it was removed.";
const COUNTER =
  "The counter of that key went back, so there may be a copy of it. Remove the key, and register another one.";
const NO_SIGNATURE = "The signature is not one of that key over this statement. Sign it anew.";

/** The key that an authenticator made for a person, whom it verified. No attestation is asked for, and none counts. */
export async function verifyRegistration(
  party: RelyingParty,
  { response, challenge }: { readonly response: unknown; readonly challenge: string },
): Promise<Objection | { readonly ok: true; readonly key: NewKey }> {
  const read = registrationResponse.safeParse(response);
  if (!read.success) return objection("What the browser sent is no new key. Try it again.");
  const because = objectionToClient(
    read.data.response.clientDataJSON,
    { type: "webauthn.create", challenge },
    party,
  );
  if (because !== null) return objection(because);
  const verified = await verifyRegistrationResponse({
    response: read.data,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => null);
  if (verified?.verified !== true) return objection(NO_KEY);
  return { ok: true, key: keyIn(verified.registrationInfo) };
}

const NO_KEY =
  "That key cannot be registered: it was not made for this page, or your device did not verify that it is you.";

type Registered = NonNullable<VerifiedRegistrationResponse["registrationInfo"]>;

function keyIn({ credential, credentialDeviceType, credentialBackedUp }: Registered): NewKey {
  return {
    id: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString("base64url"),
    ...{ counter: credential.counter, device: deviceOf(credentialDeviceType), backedUp: credentialBackedUp },
  };
}

function deviceOf(type: "singleDevice" | "multiDevice"): KeyState["device"] {
  return type === "singleDevice" ? "single" : "multi";
}

/** The four bytes after the hash of the RP ID and the flags: WebAuthn Level 3, 6.1. */
function counterIn(authenticatorData: string): number {
  const data = Buffer.from(authenticatorData, "base64url");
  return data.length < 37 ? 0 : data.readUInt32BE(33);
}

function objection(because: string): Objection {
  return { ok: false, because };
}
