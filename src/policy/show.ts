import type { Path } from "./place.ts";

/** `production.0.paths`, as people write it; the file itself for the empty path. */
export function showPath(path: Path): string {
  return path.length === 0 ? "The file" : path.map(String).join(".");
}

const SHOWN_LENGTH = 60;

/** A value as found, short enough for a sentence. */
export function show(value: unknown): string {
  if (value === null) return "empty";
  if (typeof value === "string" && value.length > SHOWN_LENGTH) {
    return `${JSON.stringify(`${value.slice(0, SHOWN_LENGTH)}…`)} (${value.length} characters)`;
  }
  const text = JSON.stringify(value) ?? String(value);
  if (text.length <= SHOWN_LENGTH || typeof value === "string") return text;
  return Array.isArray(value) ? `a list of ${value.length} entries` : "a mapping";
}
