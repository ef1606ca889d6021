import { LIMITS } from "./limits.ts";
import { type ResolvedPolicy, resolvePolicy } from "./resolve.ts";
import type { PolicySources } from "./source.ts";

export type ResolvePolicy = (sources: PolicySources) => ResolvedPolicy;

const MOST = 64;
/** Of two files as long as one may be; what is longer is not read anyway. */
const LONGEST_KEY = 2 * LIMITS.fileLength;

/**
 * `resolvePolicy` for who asks again and again: it keeps the answers about the files that were asked for last, by all
 * that is known of them. The same files give the very same policy, so that what others derive from it can be kept too.
 */
export function rememberPolicies(most = MOST): ResolvePolicy {
  const kept = new Map<string, ResolvedPolicy>();
  return (sources) => {
    const { organization, repository } = sources;
    const key = JSON.stringify([organization, repository]);
    const resolved = kept.get(key) ?? resolvePolicy(sources);
    kept.delete(key);
    if (key.length <= LONGEST_KEY) kept.set(key, resolved);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return resolved;
  };
}
