import { newSigningKey, publicPem, type SigningKey, signingKeyOf } from "../../attestation/key.ts";
import type { Store } from "../../store/store.ts";
import type { KeyEvent } from "../../watch/key-event.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";

export interface SigningPorts {
  readonly store: Pick<Store, "signingKeys" | "offerSigningKey" | "replaceSigningKey">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

/** What statements are signed with. */
export interface Signing {
  /** @throws {SigningKeyChanged} */
  readonly key: () => Promise<SigningKey>;
}

/** Another process signs with another key by now: it is for that one to sign. */
export class SigningKeyChanged extends Error {
  override readonly name = "SigningKeyChanged";

  constructor() {
    super("another process signs with another key: give all of them the same COUNTERSIGN_SIGNING_KEY_PATH");
  }
}

/** The key of the settings was revoked before. */
export class RevokedSigningKey extends Error {
  override readonly name = "RevokedSigningKey";

  constructor(revokedAt: number) {
    const day = new Date(revokedAt).toISOString().slice(0, 10);
    super(
      `COUNTERSIGN_SIGNING_KEY_PATH names a key that was replaced by another one on ${day}: make a new one`,
    );
  }
}

/**
 * The key of the settings signs from now on; without one, that of the store, which is made where there is none. What
 * signed before is revoked.
 * @throws {RevokedSigningKey}
 */
export async function prepareSigning(ports: SigningPorts, pem: string | undefined): Promise<Signing> {
  const own = pem === undefined ? await ofStore(ports) : await ofSettings(ports, pem);
  return {
    key: async () => {
      const current = await currentKey(ports);
      if (current?.keyid !== own.keyid) throw new SigningKeyChanged();
      return own;
    },
  };
}

async function ofSettings(ports: SigningPorts, pem: string): Promise<SigningKey> {
  const key = keyIn(pem);
  await replace(ports, key, null);
  const known = (await ports.store.signingKeys()).find(({ keyid }) => keyid === key.keyid);
  if (known?.revokedAt != null) throw new RevokedSigningKey(known.revokedAt);
  return key;
}

/** Whoever comes second takes what the first one made. */
async function ofStore(ports: SigningPorts): Promise<SigningKey> {
  for (;;) {
    const current = await currentKey(ports);
    if (current?.privateKey != null) return keyIn(current.privateKey);
    const made = newSigningKey();
    await replace(ports, keyIn(made), made);
  }
}

async function currentKey({ store }: Pick<SigningPorts, "store">) {
  return (await store.signingKeys()).find(({ revokedAt }) => revokedAt === null);
}

async function replace(ports: SigningPorts, key: SigningKey, kept: string | null): Promise<void> {
  const { store, clock, log } = ports;
  const before = await currentKey(ports);
  if (before?.keyid === key.keyid) return;
  const { keyid, publicKey } = key;
  const record = { keyid, publicKey: publicPem(publicKey), privateKey: kept };
  const events: readonly KeyEvent[] = [
    ...(before === undefined ? [] : [{ keyid: before.keyid, status: "revoked" } as const]),
    { keyid, status: "signs" },
  ];
  const told = { now: clock.now(), events };
  if (before === undefined) await store.offerSigningKey(record, told);
  else if (await store.replaceSigningKey(record, told))
    log.warn({ keyid, revoked: before.keyid }, "statements are signed with another key from now on");
}

function keyIn(pem: string): SigningKey {
  const key = signingKeyOf(pem);
  if (key === null) throw new Error("what should be a signing key is none");
  return key;
}
