/** The same numbers from 0 to 1 for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One list of all items, each list's own in order, taken from the lists at random. */
export function interleaved<T>(lists: readonly (readonly T[])[], random: () => number): readonly T[] {
  const left = lists.map((list) => [...list]).filter((list) => list.length > 0);
  const all: T[] = [];
  while (left.length > 0) {
    const at = Math.floor(random() * left.length);
    const list = left[at] ?? [];
    all.push(...list.splice(0, 1));
    if (list.length === 0) left.splice(at, 1);
  }
  return all;
}
