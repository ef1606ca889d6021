import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

const ORIGIN = "https://sign.example";
const FLAGS = { present: 0x01, verified: 0x04, eligible: 0x08, backedUp: 0x10, attested: 0x40 } as const;

/** What a browser and an authenticator may get wrong, or do on purpose. */
export interface Deviations {
  readonly origin?: string;
  readonly crossOrigin?: boolean;
  readonly rpId?: string;
  readonly type?: string;
  readonly flags?: number;
  readonly counter?: number;
  /** Of whom the signature is. */
  readonly by?: VirtualAuthenticator;
}

/** A P-256 key that answers as a browser does with an authenticator. It verifies whoever asks. */
export class VirtualAuthenticator {
  readonly id = randomBytes(16).toString("base64url");
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  #counter = 0;

  get privateKey(): KeyObject {
    return this.#keys.privateKey;
  }

  /** COSE, base64url. */
  get publicKey(): string {
    return this.#coseKey().toString("base64url");
  }

  /** `navigator.credentials.create()`, without attestation. */
  register(challenge: string, more: Deviations = {}) {
    const credential = Buffer.from(this.id, "base64url");
    const length = Buffer.alloc(2);
    length.writeUInt16BE(credential.length);
    const flags = more.flags ?? FLAGS.present | FLAGS.verified | FLAGS.attested;
    const authData = Buffer.concat([
      this.#authData({ ...more, flags }),
      Buffer.alloc(16),
      length,
      credential,
      this.#coseKey(),
    ]);
    // {"fmt": "none", "attStmt": {}, "authData": bytes}
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      ...[text("fmt"), text("none"), text("attStmt"), Buffer.from([0xa0]), text("authData")],
      bytes(authData),
    ]);
    const clientDataJSON = clientData("webauthn.create", challenge, more).toString("base64url");
    return {
      ...this.#credential(),
      response: {
        clientDataJSON,
        attestationObject: attestation.toString("base64url"),
        transports: ["internal"],
      },
    };
  }

  /** `navigator.credentials.get()`. */
  assert(challenge: string, more: Deviations = {}) {
    this.#counter += 1;
    const client = clientData("webauthn.get", challenge, more);
    const authData = this.#authData({ counter: this.#counter, ...more });
    const signed = Buffer.concat([authData, createHash("sha256").update(client).digest()]);
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: client.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: sign("sha256", signed, (more.by ?? this).privateKey).toString("base64url"),
      },
    };
  }

  #credential() {
    return { id: this.id, rawId: this.id, type: "public-key", clientExtensionResults: {} };
  }

  /** WebAuthn Level 3, 6.1. */
  #authData({
    rpId = new URL(ORIGIN).hostname,
    flags = FLAGS.present | FLAGS.verified,
    counter = 0,
  }: Deviations): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([createHash("sha256").update(rpId).digest(), Buffer.from([flags]), count]);
  }

  /** {1: 2, 3: -7, -1: 1, -2: x, -3: y}, RFC 9053. */
  #coseKey(): Buffer {
    const { x = "", y = "" } = this.#keys.publicKey.export({ format: "jwk" });
    return Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      bytes(Buffer.from(x, "base64url")),
      Buffer.from([0x22]),
      bytes(Buffer.from(y, "base64url")),
    ]);
  }
}

export const SYNCED = FLAGS.present | FLAGS.verified | FLAGS.eligible | FLAGS.backedUp;
export const NOT_VERIFIED = FLAGS.present;
export const NOT_PRESENT = FLAGS.verified;

function clientData(type: string, challenge: string, more: Deviations): Buffer {
  const { origin = ORIGIN, crossOrigin = false } = more;
  return Buffer.from(JSON.stringify({ type: more.type ?? type, challenge, origin, crossOrigin }));
}

/** CBOR, of less than 24 characters. */
function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
}

/** CBOR, of 24 to 255 bytes. */
function bytes(value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x58, value.length]), value]);
}
