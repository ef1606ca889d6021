import type { Passkey, PasskeyFacts } from "../passkey-facts.ts";
import type { Account } from "../snapshot.ts";

/**
 * The ids of the keys that are valid for what some people may sign: those enrolled with a code from the server, those for
 * which one of these people vouched with a key that is valid itself, and those that are old enough where that counts.
 * Nobody vouches for a key of their own. A key that is gone is not among the facts, and neither is any that only it, or
 * what it vouched for, would make valid.
 */
export function validKeys(
  { keys, vouches, validAfter }: PasskeyFacts,
  { now, mayVouch }: { readonly now: number; readonly mayVouch: (account: Account) => boolean },
): ReadonlySet<string> {
  const byId = new Map(keys.map((key) => [key.id, key]));
  const words = vouches.filter(
    ({ key, by, withKey }) =>
      byId.has(key) &&
      byId.get(withKey)?.owner.id === by.id &&
      byId.get(key)?.owner.id !== by.id &&
      mayVouch(by),
  );
  const given = Map.groupBy(words, ({ withKey }) => withKey);
  const isOldEnough = ({ enrolledAt }: Passkey) =>
    validAfter !== undefined && now - Date.parse(enrolledAt) >= validAfter;
  const valid = new Set(keys.filter((key) => key.byCode === true || isOldEnough(key)).map(({ id }) => id));
  // The set grows while it is walked: a key that becomes valid vouches for others.
  for (const id of valid) for (const { key } of given.get(id) ?? []) valid.add(key);
  return valid;
}
