import { createHmac, type Hmac, timingSafeEqual } from "node:crypto";

/** The App's webhook secrets. The previous one is accepted too, while the secret is being changed. */
export interface Secrets {
  readonly current: string;
  readonly previous?: string;
}

export type SecretName = keyof Secrets;

/** Checks a signature over a body as it comes, so that nothing has to be made of one that is not GitHub's. */
export class SignatureCheck {
  readonly #hmacs: readonly (readonly [SecretName, Hmac])[];

  constructor({ current, previous }: Secrets) {
    this.#hmacs = [
      ["current", createHmac("sha256", current)],
      ...(previous === undefined ? [] : [["previous", createHmac("sha256", previous)] as const]),
    ];
  }

  update(part: Buffer): void {
    for (const [, hmac] of this.#hmacs) hmac.update(part);
  }

  /** The secret that made this signature, `sha256=` and 64 hexadecimal digits; `null` for none of ours. */
  madeWith(signature: string): SecretName | null {
    const given = Buffer.from(signature.slice("sha256=".length), "hex");
    const made = this.#hmacs.filter(([, hmac]) => {
      const digest = hmac.digest();
      return digest.length === given.length && timingSafeEqual(digest, given);
    });
    return made[0]?.[0] ?? null;
  }
}
