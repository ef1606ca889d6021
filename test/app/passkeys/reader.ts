import { passkeyReader } from "../../../src/app/passkeys/facts.ts";
import type { Store } from "../../../src/store/store.ts";

/** What a store knows of passkeys, to be signed at `https://sign.example`. */
export const passkeysIn = (store: Store) =>
  passkeyReader({ store, ownPages: "https://sign.example", validAfter: undefined });
