import { createHmac, timingSafeEqual } from "node:crypto";

/** What `SESSION_SECRET` is used for; one use says nothing of another. */
type Purpose = "session" | "form" | "state" | "verifier" | "used";

/** A text that only who has the secret can make of another one. */
export type Keyed = (purpose: Purpose, text: string) => string;

export function keyedWith(secret: string): Keyed {
  return (purpose, text) => createHmac("sha256", secret).update(`${purpose}\n${text}`).digest("base64url");
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
