/** `{a,b}` and `{1..3}` in a shell, `(a|b)` in a regular expression; no pattern here has them. */
const ALTERNATIVES = /(?<!\{)\{([^{}]*(?:,|\.\.)[^{}]*)\}(?!\})|\(([^()]*\|[^()]*)\)/;

/** More are not written out. */
const MOST = 6;

/** What to write instead of alternatives in a pattern; `null` for a pattern without any. */
export function withoutAlternatives(pattern: string): string | null {
  const found = ALTERNATIVES.exec(pattern);
  if (found === null) return null;
  const [whole, braces, group] = found;
  const parts = braces === undefined ? (group ?? "").split("|") : braces.split(",");
  if (parts.length < 2 || parts.length > MOST) return "Write a pattern for each.";
  const each = parts.map((part) => JSON.stringify(pattern.replace(whole, () => part.trim())));
  return `Write a pattern for each: ${each.join(", ")}.`;
}
