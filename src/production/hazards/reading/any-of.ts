/**
 * Whether any of the patterns finds something, as one expression of all that have the same flags: every path of every
 * change is asked. None of them may refer to a group.
 */
export function anyOf(patterns: readonly RegExp[]): (text: string) => boolean {
  const byFlags = Map.groupBy(patterns, ({ flags }) => flags);
  const joined = [...byFlags].map(
    ([flags, alike]) => new RegExp([...new Set(alike.map(({ source }) => source))].join("|"), flags),
  );
  return (text) => joined.some((each) => each.test(text));
}
