import { randomBytes } from "node:crypto";
import type { PasskeyMemory } from "../../store/passkeys.ts";
import type { Store } from "../../store/store.ts";
import type { Clock } from "../operation/clock.ts";
import type { ReadPasskeys } from "./facts.ts";
import { type RelyingParty, relyingPartyAt } from "./relying-party.ts";

/** What signing needs of the App. */
export interface SigningPorts {
  readonly store: PasskeyMemory & Pick<Store, "append" | "enqueue">;
  readonly facts: ReadPasskeys;
  readonly party: RelyingParty;
  readonly clock: Pick<Clock, "now">;
  /** Of at least 128 bits, base64url, another one each time. */
  readonly nonce: () => string;
  /** A pass was put in doubt. */
  readonly doubted: () => void;
}

const NONCE_BYTES = 32;

/** The same for the App at an address. */
export function signingPorts({
  url,
  ...given
}: Omit<SigningPorts, "party" | "nonce"> & { readonly url: string }): SigningPorts {
  const nonce = () => randomBytes(NONCE_BYTES).toString("base64url");
  return { ...given, party: relyingPartyAt(url), nonce };
}

/** How long somebody has to sign what was shown to them. */
export const SIGN_WITHIN_MS = 5 * 60_000;
