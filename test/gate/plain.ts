/** The words of a Markdown text as a reader sees them: no code marks, escapes or characters without width. */
export function plain(markdown: string): string {
  return markdown
    .replaceAll("&#8203;", "")
    .replaceAll("&#36;", "$")
    .replaceAll("`", "")
    .replaceAll("&#96;", "`")
    .replace(/\\([\\_*[\]<>|~&])/g, "$1")
    .replaceAll("**", "");
}
