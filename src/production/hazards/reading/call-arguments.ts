import type { Range } from "./blocks.ts";

/** The arguments of a call whose bracket stands before a place, as far as it is closed. */
export function argumentsIn(code: string, from: number): readonly Range[] {
  const found: Range[] = [];
  let depth = 0;
  let start = from;
  for (let at = from; at < code.length; at += 1) {
    const character = code.charAt(at);
    if ("([{".includes(character)) depth += 1;
    if (depth === 0 && (character === "," || character === ")")) {
      found.push({ start, end: at });
      start = at + 1;
      if (character === ")") return found;
    }
    if (")]}".includes(character)) depth -= 1;
  }
  return [];
}
