import { createHash } from "node:crypto";

/** SHA-256, base64url. A hash reads nothing, so this part stays pure. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
