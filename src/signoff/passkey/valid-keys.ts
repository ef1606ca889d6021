import type { Passkey, PasskeyFacts } from "../passkey-facts.ts";
import type { Account } from "../snapshot.ts";

type MayVouch = (account: Account) => boolean;

/** The ids of the keys that are valid now for what some people may sign. */
export function validKeys(
  facts: Omit<PasskeyFacts, "signAt">,
  { now, mayVouch }: { readonly now: number; readonly mayVouch: MayVouch },
): ReadonlySet<string> {
  const since = validSince(facts, mayVouch);
  return new Set([...since].flatMap(([id, moment]) => (moment <= now ? [id] : [])));
}

/**
 * From when on each key is valid for what some people may sign, in milliseconds: those enrolled with a code from the
 * server, those for which one of these people vouched with a key that is valid itself, and those that are old enough where
 * that counts. A key that nothing makes valid is left out. Nobody vouches for a key of their own. A key that is gone is not
 * among the facts, and neither is any that only it, or what it vouched for, would make valid.
 */
export function validSince(
  { keys, vouches, validAfter }: Omit<PasskeyFacts, "signAt">,
  mayVouch: MayVouch,
): ReadonlyMap<string, number> {
  const byId = new Map(keys.map((key) => [key.id, key]));
  const words = vouches.filter(
    ({ key, by, withKey }) =>
      byId.has(key) &&
      byId.get(withKey)?.owner.id === by.id &&
      byId.get(key)?.owner.id !== by.id &&
      mayVouch(by),
  );
  const given = Map.groupBy(words, ({ withKey }) => withKey);
  const byThemselves = keys
    .flatMap((key) => ownMoment(key, validAfter) ?? [])
    .toSorted((one, other) => one.moment - other.moment);
  const since = new Map<string, number>();
  // The earliest first: whatever a key reaches is valid since then, and no later one changes it.
  for (const { id: first, moment } of byThemselves) {
    const reached = new Set(since.has(first) ? [] : [first]);
    // The set grows while it is walked: a key that becomes valid vouches for others.
    for (const id of reached) {
      since.set(id, moment);
      for (const { key } of given.get(id) ?? []) if (!since.has(key)) reached.add(key);
    }
  }
  return since;
}

/** When a key is valid without anybody's word; `null` for never. */
function ownMoment(
  { id, byCode, enrolledAt }: Passkey,
  validAfter: number | undefined,
): { readonly id: string; readonly moment: number } | null {
  if (byCode === true) return { id, moment: Number.NEGATIVE_INFINITY };
  const moment = validAfter === undefined ? Number.NaN : Date.parse(enrolledAt) + validAfter;
  return Number.isNaN(moment) ? null : { id, moment };
}
