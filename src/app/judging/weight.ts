/** The characters of all texts in plain JSON, keys included, as far as they are counted: no further than `most`. */
export function weightOf(value: unknown, most: number): number {
  const open = [value];
  let weight = 0;
  while (weight <= most) {
    const next = open.pop();
    if (next === undefined && open.length === 0) return weight;
    if (typeof next === "string") weight += next.length;
    else if (typeof next === "object" && next !== null) {
      // Each thing counts for something, so that many small ones are no light snapshot.
      for (const [key, each] of Object.entries(next)) {
        weight += key.length;
        open.push(each);
      }
    } else weight += 1;
  }
  return weight;
}
