import type { Meter } from "./budget.ts";
import { ANY_CHARACTER, ANY_RUN, type GlobToken } from "./pattern.ts";

/**
 * Whether a name fits. On a mismatch only the latest `*` takes one character more: what stands between two of them has
 * a fixed length, so its first fit is as good as any, and the work stays quadratic at worst. Gives up, with an empty
 * meter, when it costs too much.
 */
export function matchesGlob(tokens: readonly GlobToken[], name: string, meter: Meter): boolean {
  let index = 0;
  let at = 0;
  let retryIndex = -1;
  let retryAt = 0;
  let left = meter.left;
  while (at < name.length) {
    left -= 1;
    if (left < 0) break;
    const token = tokens[index];
    if (token === ANY_RUN) {
      index += 1;
      if (index === tokens.length) at = name.length;
      retryIndex = index;
      retryAt = at;
    } else if (token === name.charCodeAt(at)) {
      index += 1;
      at += 1;
    } else if (token === ANY_CHARACTER) {
      index += 1;
      at += (name.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    } else {
      if (retryIndex === -1) break;
      retryAt += 1;
      index = retryIndex;
      at = retryAt;
    }
  }
  meter.left = left;
  if (at < name.length) return false;
  while (tokens[index] === ANY_RUN) index += 1;
  return index === tokens.length;
}
