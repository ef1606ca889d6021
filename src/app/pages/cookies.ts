import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

/** `__Host-`: browsers take such a cookie from this very host alone. */
export const COOKIES = { session: "__Host-countersign", login: "__Host-countersign-login" } as const;

type Name = keyof typeof COOKIES;

/** `Lax`, so that people who come back from GitHub are still known. */
const OPTIONS = { path: "/", secure: true, httpOnly: true, sameSite: "Lax" } as const;

export function readCookie(context: Context, name: Name): string | null {
  return getCookie(context, COOKIES[name]) ?? null;
}

export function writeCookie(context: Context, name: Name, text: string, seconds: number): void {
  setCookie(context, COOKIES[name], text, { ...OPTIONS, maxAge: seconds });
}

export function dropCookie(context: Context, name: Name): void {
  setCookie(context, COOKIES[name], "", { ...OPTIONS, maxAge: 0 });
}
