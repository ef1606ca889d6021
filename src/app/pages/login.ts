import { createHash, randomBytes } from "node:crypto";
import type { PageMemory } from "../../store/pages.ts";
import type { Clock } from "../operation/clock.ts";
import { isSame, type Keyed } from "./keyed.ts";

/** How long somebody may take at GitHub. */
export const LOGIN_LASTS_S = 600;

/** A login that has begun, as the browser that began it keeps it. */
export interface BegunLogin {
  /** For the browser's cookie. */
  readonly kept: string;
  /** For GitHub, which sends it back. */
  readonly state: string;
  /** Of PKCE (RFC 7636, S256). */
  readonly challenge: string;
}

export interface EndedLogin {
  readonly verifier: string;
  /** A path of ours. */
  readonly to: string;
}

interface LoginPorts {
  readonly keyed: Keyed;
  readonly clock: Pick<Clock, "now">;
  readonly store: Pick<PageMemory, "useLogin">;
}

/** What is between the log-in button and GitHub's answer. Whoever presses it makes nothing be kept here. */
export function beginLogin({ keyed, clock }: LoginPorts, to: string): BegunLogin {
  const until = clock.now().getTime() + LOGIN_LASTS_S * 1000;
  const payload = `${randomBytes(32).toString("base64url")}.${until}.${Buffer.from(ownPath(to)).toString("base64url")}`;
  return {
    kept: payload,
    state: keyed("state", payload),
    challenge: createHash("sha256").update(keyed("verifier", payload)).digest("base64url"),
  };
}

/** `null` where the browser did not begin it, it took too long, or it was ended before. */
export async function endLogin(
  { keyed, clock, store }: LoginPorts,
  { kept, state }: { readonly kept: string | null; readonly state: string },
): Promise<EndedLogin | null> {
  // The state is ours, and of this very cookie: nobody else can make one for another time or address.
  if (kept === null || !isSame(state, keyed("state", kept))) return null;
  const [nonce = "", until = "", to = ""] = kept.split(".");
  const now = clock.now();
  if (Number(until) <= now.getTime()) return null;
  if (!(await store.useLogin(keyed("used", nonce), now, new Date(Number(until))))) return null;
  return { verifier: keyed("verifier", kept), to: ownPath(Buffer.from(to, "base64url").toString()) };
}

const OWN_PATH = /^\/(?:config|[\w.-]{1,100}\/[\w.-]{1,100}(?:\/pull\/\d{1,10}(?:\/(?:sign|act))?)?)?$/;

/** Where somebody may be sent after a login: a page of ours, or the first one. */
export function ownPath(to: string): string {
  return OWN_PATH.test(to) ? to : "/";
}
