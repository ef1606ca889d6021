import { HAZARD_LIMITS } from "./limits.ts";

// Control and format characters can hide or reorder what a person reads; a backtick would end the quotation.
const UNSHOWN = /[\p{Cc}\p{Cf}`]+/gu;

/** Text from a change as code: on one line, shortened, without what could disguise it. */
export function shown(text: string): string {
  const plain = text.replaceAll(UNSHOWN, " ").replaceAll(/\s+/g, " ").trim();
  const { quoteLength } = HAZARD_LIMITS;
  return `\`${plain.length > quoteLength ? `${plain.slice(0, quoteLength)}…` : plain}\``;
}

export function several(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}
