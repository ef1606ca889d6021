import { createHash } from "node:crypto";

/** The same for the same parts, and short. A hash reads nothing, so this part stays pure. */
export function digestOf(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
