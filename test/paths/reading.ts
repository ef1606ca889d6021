import { createMatcher } from "../../src/paths/matcher.ts";
import { type Pattern, parsePattern } from "../../src/paths/pattern.ts";

export function read(source: string): Pattern {
  const parsed = parsePattern(source);
  if (!parsed.ok) throw new Error(`${source}: ${parsed.message}`);
  return parsed.pattern;
}

export function matches(source: string, path: string): boolean {
  return createMatcher([read(source)]).matches(path);
}
