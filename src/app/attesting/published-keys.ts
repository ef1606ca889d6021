import { createPublicKey } from "node:crypto";
import { keySetOf } from "../../attestation/key-set.ts";
import type { Store } from "../../store/store.ts";
import type { Clock } from "../operation/clock.ts";

/** Whoever asks more often is told the same: strangers ask, and the store has more to do. */
const KEPT_MS = 60_000;

/** The public keys, those that sign no more among them. */
export function publishedKeys(
  store: Pick<Store, "signingKeys">,
  { now }: Pick<Clock, "now">,
): () => Promise<object> {
  let kept: { readonly at: number; readonly keys: Promise<object> } | null = null;
  return () => {
    const at = now().getTime();
    if (kept === null || at - kept.at >= KEPT_MS || at < kept.at) {
      const keys = read(store);
      kept = { at, keys };
      keys.catch(() => {
        kept = null;
      });
    }
    return kept.keys;
  };
}

async function read(store: Pick<Store, "signingKeys">): Promise<object> {
  const keys = (await store.signingKeys()).map(({ keyid, publicKey, madeAt, revokedAt }) => ({
    ...{ keyid, publicKey: createPublicKey(publicKey), madeAt: new Date(madeAt).toISOString() },
    ...(revokedAt !== null && { revokedAt: new Date(revokedAt).toISOString() }),
  }));
  return keySetOf(keys);
}
