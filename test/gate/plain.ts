/** Markdown without its links; what they say stays. */
export function unlinked(markdown: string): string {
  return markdown.replace(/\[((`+)(?:.*?[^`])?\2(?!`)|[^\]`]*)\]\(https?:[^\s()]*\)/g, "$1");
}

/** The words of a Markdown text as a reader sees them: no links, code marks, escapes or characters without width. */
export function plain(markdown: string): string {
  return unlinked(markdown)
    .replaceAll("&#8203;", "")
    .replaceAll("&#36;", "$")
    .replaceAll("`", "")
    .replaceAll("&#96;", "`")
    .replace(/\\([\\_*[\]<>|~&])/g, "$1")
    .replaceAll("**", "");
}
