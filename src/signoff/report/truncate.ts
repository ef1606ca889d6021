import { count } from "../wording/words.ts";

/** Room for the line that says how much was left out. */
const RESERVE = 80;

/** As many whole lines as fit into `bytes` of UTF-8, and how many more there are. */
export function truncateLines(lines: readonly string[], bytes: number): string {
  const whole = lines.join("\n");
  if (size(whole) <= bytes) return whole;
  const kept: string[] = [];
  let used = RESERVE;
  for (const line of lines) {
    used += size(line) + 1;
    if (used > bytes) break;
    kept.push(line);
  }
  return [...kept, "", `*${count(lines.length - kept.length, "more line")} not shown.*`].join("\n");
}

function size(text: string): number {
  return new TextEncoder().encode(text).length;
}
