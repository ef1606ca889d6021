/**
 * The same language, read another way: from the source straight to a regular expression. Slow, and helpless against
 * hostile patterns, but short enough to be seen to be right. For valid patterns only.
 */
function referenceRegExp(source: string): RegExp {
  const inner = source.replace(/^\//, "").replace(/\/$/, "");
  const floating = !source.slice(0, -1).includes("/");
  const parts = floating ? ["**", inner] : inner.split("/");
  const last = parts.at(-1);
  const body = parts.map((part, index) => partRegExp(part, index === parts.length - 1)).join("");
  const isWhole = last === "**" || (last === "*" && !floating);
  const tail = source.endsWith("/") ? "/.+" : isWhole ? "" : "(?:/.+)?";
  return new RegExp(`^${body}${tail}$`, "su");
}

function partRegExp(part: string, isLast: boolean): string {
  if (part === "**") return isLast ? "(?:[^/]+/)*[^/]+" : "(?:[^/]+/)*";
  const name = part.replace(/\\?[\s\S]/g, (found) => {
    if (found === "*") return "[^/]*";
    if (found === "?") return "[^/]";
    return `\\u{${found.charCodeAt(found.length - 1).toString(16)}}`;
  });
  return isLast ? name : `${name}/`;
}

/** The last of the patterns that takes the path, or -1. */
export function referenceLastMatch(patterns: readonly string[], path: string): number {
  return patterns.findLastIndex((pattern) => referenceRegExp(pattern).test(path));
}
