import { CHECK_BODY_BYTES } from "../limits.ts";
import type { Explanation } from "./explain.ts";

/**
 * The text of a check with the hash of the ledger's last entry at its end: whoever keeps the check can tell later
 * whether entries up to that one were changed. Where there is no room for it, it is left out.
 */
export function withAnchor(explanation: Explanation, hash: string): Explanation {
  const text = `${explanation.text}\n\nLedger: \`${hash}\``;
  return new TextEncoder().encode(text).length > CHECK_BODY_BYTES ? explanation : { ...explanation, text };
}
