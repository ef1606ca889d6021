/** Whom passkeys are made for: the App at the address that people reach it at. Another address is another one. */
export interface RelyingParty {
  /** The RP ID: a host name. */
  readonly id: string;
  readonly origin: string;
}

/** Of `COUNTERSIGN_URL`. */
export function relyingPartyAt(url: string): RelyingParty {
  const { hostname: id, origin } = new URL(url);
  return { id, origin };
}
