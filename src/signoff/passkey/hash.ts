import { createHash, createHmac } from "node:crypto";

/** SHA-256, base64url. A hash reads nothing, so this part stays pure. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** HMAC-SHA-256, base64url. */
export function hmac(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("base64url");
}
