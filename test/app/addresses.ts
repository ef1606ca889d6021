import type { Addresses } from "../../src/app/notices/note.ts";

/** A server that has addresses of these names, and tells nobody. */
export function addressesNamed(...names: readonly string[]): Addresses {
  return { names: new Set(names), noticed: () => {}, wake: () => {} };
}
