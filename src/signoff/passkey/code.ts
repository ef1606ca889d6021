import { hmac, sha256 } from "./hash.ts";

/**
 * One-time codes by which whoever runs the server lets a person enrol a key that nobody has to vouch for. A code names
 * its end and is a MAC by a secret of the server, so that printing one needs no access to a store that is in use; that it
 * was used is what the store keeps, by its hash.
 */

/** For whom a code is: a person, in an account or organization where the App is installed. */
export interface CodeFor {
  readonly owner: string;
  readonly login: string;
}

const LIVES_MS = 15 * 60_000;

/** `ENDS.NONCE.MAC`. */
export function makeCode(
  secret: string,
  whom: CodeFor,
  { now, nonce }: { readonly now: Date; readonly nonce: string },
): { readonly code: string; readonly until: Date } {
  const until = new Date(now.getTime() + LIVES_MS);
  const opening = `${until.getTime().toString(36)}.${nonce}`;
  return { code: `${opening}.${macOf(secret, whom, opening)}`, until };
}

/** The hash that a code is known by; `null` for one that is none, is another person's, or whose time is over. */
export function readCode(secret: string, whom: CodeFor, { code, now }: Given): string | null {
  const [, opening = "", ends = "", mac = ""] = CODE.exec(code.trim()) ?? [];
  const until = Number.parseInt(ends, 36);
  const isTheirs = sha256(mac) === sha256(macOf(secret, whom, opening));
  if (!isTheirs || !(until > now.getTime()) || until - now.getTime() > LIVES_MS) return null;
  return sha256(`${opening}.${mac}`);
}

interface Given {
  readonly code: string;
  readonly now: Date;
}

const CODE = /^(([0-9a-z]{1,12})\.[\w-]{1,64})\.([\w-]{43})$/;

function macOf(secret: string, { owner, login }: CodeFor, opening: string): string {
  const text = JSON.stringify([
    "countersign passkey code v1",
    owner.toLowerCase(),
    login.toLowerCase(),
    opening,
  ]);
  return hmac(secret, text);
}
