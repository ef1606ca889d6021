import type { Policy } from "../../../policy/policy.ts";
import { areaMatchers } from "../../../production/touched.ts";
import type { Detector } from "../../../provenance/detector.ts";
import type { GitIdentity } from "../../../signoff/snapshot.ts";
import type { NameAndEmail } from "../../local-git/objects/commits.ts";
import { guessAccounts } from "../../local-git/people.ts";
import { isoTime } from "../../local-git/time.ts";

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

/** Times in seconds since 1970 in ISO 8601, UTC; `null` for none. Their days are remembered. */
export function rememberTimes(): (seconds: number) => string | null {
  const known = new Map<number, string | null>();
  const dayOf = (number: number): string | null => {
    const found = known.get(number);
    if (found !== undefined) return found;
    const day = isoTime(number * A_DAY + 1)?.slice(0, 10) ?? null;
    remember(known, number, day);
    return day;
  };
  return (seconds) => {
    if (seconds <= 0) return null;
    const day = dayOf(Math.floor(seconds / A_DAY));
    return day === null ? null : `${day}T${clock(seconds % A_DAY)}Z`;
  };
}

function clock(second: number): string {
  return [second / 3_600, (second / 60) % 60, second % 60].map(twoDigits).join(":");
}

function twoDigits(number: number): string {
  return String(Math.floor(number)).padStart(2, "0");
}

const A_DAY = 86_400;

function union(some: readonly string[], more: readonly string[]): readonly string[] {
  const fresh = more.filter((name) => !some.includes(name));
  return fresh.length === 0 ? some : [...some, ...fresh];
}

export function remember<Key extends string | number, Value>(
  known: Map<Key, Value>,
  key: Key,
  value: Value,
): void {
  if (typeof key === "string" && key.length > LONGEST_REMEMBERED) return;
  if (known.size >= REMEMBERED) known.clear();
  known.set(key, value);
}

/** A text of its own: a part of a longer text would keep the whole of it in memory. */
export function copied(text: string): string {
  return Buffer.from(text).toString();
}
