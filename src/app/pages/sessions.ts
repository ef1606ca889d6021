import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import type { BegunSession, PageMemory, PageSession } from "../../store/pages.ts";
import type { Clock } from "../operation/clock.ts";
import { dropCookie, readCookie, writeCookie } from "./cookies.ts";
import { isSame, type Keyed } from "./keyed.ts";

/** A working day and a bit; whoever works on logs in again. */
const LASTS_S = 12 * 60 * 60;

/**
 * GitHub does not say whether it tells of a token that we revoke as of an authorization that its person revokes. One that
 * comes right after a login ends no session.
 */
const YOUNG_MS = 60_000;

const ID_BYTES = 32;
const ID = /^[\w-]{43}$/;

/** A session that a browser has shown. */
export interface LiveSession extends BegunSession {
  /** By which the store and the limits know it. */
  readonly id: string;
  /** What its forms send along. */
  readonly token: string;
}

export interface SessionPorts {
  readonly store: Pick<PageMemory, "beginSession" | "session" | "endSession" | "endSessionsOf">;
  readonly clock: Pick<Clock, "now">;
  readonly keyed: Keyed;
}

/** Who is logged in. The store holds a digest of what a browser has, so that reading the store opens no session. */
export class Sessions {
  readonly #ports: SessionPorts;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  async of(context: Context): Promise<LiveSession | null> {
    const { store, clock, keyed } = this.#ports;
    const shown = readCookie(context, "session");
    if (shown === null || !ID.test(shown)) return null;
    const id = keyed("session", shown);
    const session = await store.session(id, clock.now());
    return session && { ...session, id, token: keyed("form", shown) };
  }

  /** Under an id that nobody had before. The one that the browser had is over. */
  async begin(context: Context, who: PageSession): Promise<void> {
    const { store, clock, keyed } = this.#ports;
    const before = readCookie(context, "session");
    if (before !== null) await store.endSession(keyed("session", before));
    const shown = randomBytes(ID_BYTES).toString("base64url");
    const now = clock.now();
    await store.beginSession(
      { id: keyed("session", shown), ...who },
      now,
      new Date(now.getTime() + LASTS_S * 1000),
    );
    writeCookie(context, "session", shown, LASTS_S);
  }

  async end(context: Context, { id }: LiveSession): Promise<void> {
    await this.#ports.store.endSession(id);
    dropCookie(context, "session");
  }

  /** Somebody told GitHub that they want to be known here no more. */
  async revoked(account: number): Promise<void> {
    const { store, clock } = this.#ports;
    await store.endSessionsOf(account, new Date(clock.now().getTime() - YOUNG_MS));
  }
}

/** Whether a form was sent from one of our own pages to this session. */
export function isFromOwnForm(session: LiveSession, token: unknown): boolean {
  return typeof token === "string" && isSame(token, session.token);
}
