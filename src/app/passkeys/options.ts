import type { Account } from "../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Offer } from "./offers.ts";
import { SIGN_WITHIN_MS, type SigningPorts } from "./ports.ts";
import { ALGORITHMS } from "./webauthn.ts";

type Shown = Pick<Offer, "challenge" | "keys">;

/** What a browser asks an authenticator for a signature with: WebAuthn Level 3, `PublicKeyCredentialRequestOptionsJSON`. */
export function requestOptions({ party }: Pick<SigningPorts, "party">, { challenge, keys }: Shown) {
  return {
    ...{ challenge, rpId: party.id, timeout: SIGN_WITHIN_MS, userVerification: "required" },
    allowCredentials: keys.map(descriptor),
  } as const;
}

/** The same for a new key: `PublicKeyCredentialCreationOptionsJSON`. */
export async function creationOptions(
  { party, store }: Pick<SigningPorts, "party" | "store">,
  { on, by, challenge }: Pick<Shown, "challenge"> & { readonly on: RepositoryRef; readonly by: Account },
) {
  const { installationId } = on;
  const own = (await store.passkeys(installationId)).filter(({ owner }) => owner.id === by.id);
  return {
    ...{ challenge, timeout: SIGN_WITHIN_MS, attestation: "none" },
    rp: { id: party.id, name: "Countersign" },
    // An authenticator keeps one discoverable key for each user: without the installation, a key would replace another's.
    user: { id: base64url(`${installationId} ${by.id}`), name: by.login, displayName: by.login },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg }) as const),
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
    excludeCredentials: own.map(({ id }) => descriptor(id)),
  } as const;
}

function descriptor(id: string) {
  return { type: "public-key", id } as const;
}

function base64url(text: string): string {
  return Buffer.from(text).toString("base64url");
}
