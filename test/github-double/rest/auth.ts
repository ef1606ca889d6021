import { createPublicKey, randomBytes, verify } from "node:crypto";
import type { App, Installation } from "../world/model.ts";
import { Refused } from "../world/refused.ts";
import type { State } from "../world/state.ts";
import type { Caller } from "./route.ts";

const HOUR = 3_600_000;

interface Grant {
  readonly installation: Installation;
  readonly permissions: Readonly<Record<string, "read" | "write">>;
  readonly only: ReadonlySet<number> | null;
  readonly expiresAt: string;
}

/** Installation tokens that were handed out. */
export class Tokens {
  readonly #grants = new Map<string, Grant>();
  readonly #state: State;
  readonly #expire: boolean;

  constructor(state: State, expire = true) {
    this.#state = state;
    this.#expire = expire;
  }

  /** In the long form with dots that GitHub moved to in 2026. */
  issue(
    installation: Installation,
    only: ReadonlySet<number> | null,
    permissions: Grant["permissions"],
  ): { readonly token: string; readonly expiresAt: string } {
    const part = (bytes: number) => randomBytes(bytes).toString("base64url");
    const token = `ghs_${installation.app.id}_${part(90)}.${part(180)}.${part(90)}`;
    const expiresAt = new Date(Date.parse(this.#state.now()) + HOUR).toISOString().replace(".000", "");
    this.#grants.set(token, { installation, only, permissions, expiresAt });
    return { token, expiresAt };
  }

  /** GitHub forgets the tokens an installation has, before their time; the next one it makes is good. */
  refuse(installation: Installation): void {
    for (const [token, grant] of this.#grants)
      if (grant.installation === installation) this.#grants.delete(token);
  }

  /** Who a request comes from, by its `Authorization` header. */
  identify(header: string | undefined): Caller {
    if (!header) throw new Refused(401, "Requires authentication");
    const credential = header.replace(/^(bearer|token)\s+/i, "");
    const token = this.#state.userTokens.get(credential);
    if (token) return { kind: "user", ...token };
    if (credential.startsWith("ghs_")) return this.#installation(credential);
    if (/^bearer\s/i.test(header) && credential.split(".").length === 3)
      return { kind: "app", app: appOfJwt(this.#state, credential) };
    throw new Refused(401, "Bad credentials");
  }

  #installation(token: string): Caller {
    const grant = this.#grants.get(token);
    if (!grant || (this.#expire && grant.expiresAt <= this.#state.now()))
      throw new Refused(401, "Bad credentials");
    const { installation, only } = grant;
    if (installation.suspendedAt !== null) throw new Refused(403, "This installation has been suspended");
    return {
      kind: "installation",
      installation,
      only,
      permissions: intersect(grant.permissions, installation.permissions),
    };
  }
}

/** A token never has more than its installation has now. */
function intersect(asked: Grant["permissions"], granted: Grant["permissions"]): Grant["permissions"] {
  return Object.fromEntries(Object.entries(asked).filter(([name]) => granted[name] !== undefined));
}

function appOfJwt(state: State, jwt: string): App {
  const undecodable = new Refused(401, "A JSON web token could not be decoded");
  const [head = "", claims = "", signature = ""] = jwt.split(".");
  const { alg } = parsePart(head, undecodable);
  const { iss, exp, iat } = parsePart(claims, undecodable);
  const app = state.apps.get(Number(iss));
  if (alg !== "RS256" || !app) throw new Refused(401, "Integration not found");
  const now = Date.now() / 1000;
  if (typeof exp !== "number" || typeof iat !== "number" || exp < now || exp - now > 660)
    throw new Refused(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  const isSigned = (key: string) =>
    verify(
      "sha256",
      Buffer.from(`${head}.${claims}`),
      createPublicKey(key),
      Buffer.from(signature, "base64url"),
    );
  if (app.publicKeys.length > 0 && !app.publicKeys.some(isSigned)) throw undecodable;
  return app;
}

function parsePart(part: string, otherwise: Refused): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
  } catch {
    throw otherwise;
  }
}
