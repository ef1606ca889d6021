import { createSign } from "node:crypto";
import type { Registered } from "./registration.ts";

/** GitHub takes ten minutes at most, and clocks differ. */
const EARLIER_S = 60;
const LASTS_S = 540;

/** What the App itself asks with, for the next minutes. */
export function appToken({ id, pem }: Pick<Registered, "id" | "pem">, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iat: seconds - EARLIER_S, exp: seconds + LASTS_S, iss: id };
  const text = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(pem, "base64url")}`;
}
