import type { Mover } from "./moves.ts";

interface Listed {
  /** In lower case. */
  readonly account: string;
  readonly reason: string;
}

/** The account that bore a login when it was first seen. */
interface KnownAccount {
  readonly login: string;
  readonly id: number;
}

/** Why somebody may pass the check by; `null` where they may not. Who bears a listed login later may not. */
export function reasonFor(
  by: Mover | null,
  allowed: readonly Listed[],
  known: readonly KnownAccount[],
): string | null {
  if (by === null) return null;
  const entry = allowed.find(({ account }) => {
    const bearer = known.find(({ login }) => login === account);
    return bearer === undefined ? account === by.login.toLowerCase() : bearer.id === by.id;
  });
  return entry?.reason ?? null;
}
