/** A key that statements are signed with, or were. */
export interface SigningKeyRecord {
  /** Its thumbprint. */
  readonly keyid: string;
  /** PEM. */
  readonly publicKey: string;
  /** PEM; `null` for one that is kept elsewhere, and for one that signs no more. */
  readonly privateKey: string | null;
  /** When the App had it first. Milliseconds. */
  readonly madeAt: number;
  /** `null` while it signs. */
  readonly revokedAt: number | null;
}

type NewSigningKey = Pick<SigningKeyRecord, "keyid" | "publicKey" | "privateKey">;

/** What every chain is told of a key that signs from now on, or no more. */
export interface KeyNews {
  readonly now: Date;
  /** The data of one entry each. */
  readonly events: readonly unknown[];
}

/** What the App signs with. All processes that share the store sign with one key. */
export interface SigningKeyMemory {
  /** All there ever were, the latest last; the one that signs is not revoked. */
  signingKeys(): Promise<readonly SigningKeyRecord[]>;
  /** The key signs from now on unless another one does. Whether it does; then all chains are told so. */
  offerSigningKey(key: NewSigningKey, told: KeyNews): Promise<boolean>;
  /**
   * The key signs from now on, and the one before no more: its private part is forgotten, and all chains are told so.
   * False, and nothing is changed, for one that was revoked before or signs already.
   */
  replaceSigningKey(key: NewSigningKey, told: KeyNews): Promise<boolean>;
}
