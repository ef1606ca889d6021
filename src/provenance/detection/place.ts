import type { Doubt } from "../catalogue/tool.ts";
import type { Evidence, Where } from "../evidence.ts";
import type { Found } from "../signals/match.ts";

const DAY_MS = 86_400_000;

/** The marks as evidence of one place, made at a time (ISO 8601) where that is known. */
export function place(where: Where, marks: readonly Found[], at?: string): readonly Evidence[] {
  return marks.map(({ tool, kind, strength, text, doubt }) => ({
    tool,
    kind,
    strength: doubt !== undefined && falls(at, doubt) ? "weak" : strength,
    where,
    text,
  }));
}

function falls(at: string | undefined, { from, until }: Doubt): boolean {
  const time = Date.parse(at ?? "");
  return time >= Date.parse(from) && time < Date.parse(until) + DAY_MS;
}
