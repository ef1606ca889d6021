import type { Policy } from "../../../policy/policy.ts";
import { areaMatchers } from "../../../production/touched.ts";
import type { Detector } from "../../../provenance/detector.ts";
import type { GitIdentity } from "../../../signoff/snapshot.ts";
import type { NameAndEmail } from "../../local-git/objects/commits.ts";
import { isoTime } from "../../local-git/objects/history.ts";
import { guessAccounts } from "../../local-git/people.ts";

/*
 * A history repeats its people, paths and days many thousand times. Each is worked out once and remembered, up to a
 * bound, so that memory does not grow with the history.
 */

const REMEMBERED = 40_000;
const LONGEST_REMEMBERED = 500;

export function rememberIdentities(detector: Detector): (person: NameAndEmail) => GitIdentity {
  const accountOf = guessAccounts();
  const known = new Map<string, GitIdentity>();
  return (person) => {
    const key = `${person.name}\0${person.email}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const own = { name: copied(person.name), email: copied(person.email) };
    const account = accountOf(own);
    // The account guessed of a person says no more than the address, and the detector knows addresses by heart.
    const machine = account !== null && detector.machine(account) !== null;
    const identity = { ...own, account: machine ? account : null };
    remember(known, copied(key), identity);
    return identity;
  };
}

const NO_AREA: readonly string[] = [];

/** Names of the areas that the paths touch, each once. */
export function rememberAreas({ areas }: Policy): (paths: readonly string[]) => readonly string[] {
  const matchers = areaMatchers(areas);
  const known = new Map<string, readonly string[]>();
  const areasOf = (path: string): readonly string[] => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const names = matchers.filter(({ holds }) => holds(path)).map(({ name }) => name);
    const touched = names.length === 0 ? NO_AREA : names;
    remember(known, copied(path), touched);
    return touched;
  };
  return (paths) => {
    let touched = NO_AREA;
    for (const path of paths) {
      const more = areasOf(path);
      if (more.length > 0 && more !== touched) touched = touched.length === 0 ? more : union(touched, more);
    }
    return touched;
  };
}

/** The days of times in seconds since 1970: `2026-03-14`, UTC; `null` for none. */
export function rememberDays(): (seconds: number) => string | null {
  const known = new Map<number, string | null>();
  return (seconds) => {
    if (seconds <= 0) return null;
    const number = Math.floor(seconds / A_DAY);
    const found = known.get(number);
    if (found !== undefined) return found;
    const day = isoTime(seconds)?.slice(0, 10) ?? null;
    remember(known, number, day);
    return day;
  };
}

const A_DAY = 86_400;

function union(some: readonly string[], more: readonly string[]): readonly string[] {
  const fresh = more.filter((name) => !some.includes(name));
  return fresh.length === 0 ? some : [...some, ...fresh];
}

function remember<Key extends string | number, Value>(known: Map<Key, Value>, key: Key, value: Value): void {
  if (typeof key === "string" && key.length > LONGEST_REMEMBERED) return;
  if (known.size >= REMEMBERED) known.clear();
  known.set(key, value);
}

/** A text of its own: a part of a longer text would keep the whole of it in memory. */
function copied(text: string): string {
  return Buffer.from(text).toString();
}
