import { alternativesIn } from "../../ownership/readings.ts";

/** More are not written out. */
const MOST = 6;

/** What to write instead of alternatives in a pattern; `null` for a pattern without any. */
export function withoutAlternatives(pattern: string): string | null {
  const found = alternativesIn(pattern);
  if (found === null) return null;
  const { whole, parts } = found;
  if (parts.length < 2 || parts.length > MOST) return "Write a pattern for each.";
  const each = parts.map((part) => JSON.stringify(pattern.replace(whole, () => part)));
  return `Write a pattern for each: ${each.join(", ")}.`;
}
